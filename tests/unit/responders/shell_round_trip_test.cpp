// print_shell and parse_shell are each other's inverse: on drawn trees, and on the lines that people type.
#include <gtest/gtest.h>

#include "responders/console/shell_syntax.hpp"
#include "sim/random.hpp"

namespace muster::test {
namespace {

using Kind = WordPiece::Kind;
using Quote = WordPiece::Quote;

/// Draws command lines from a seed.
class Drawer {
 public:
  explicit Drawer(std::uint64_t seed) : stream_(seed, "shell", "round-trip") {}

  std::vector<ShellPipeline> script() {
    std::vector<ShellPipeline> result(1 + below(3));
    for (auto& pipeline : result) {
      pipeline.when = static_cast<ShellPipeline::When>(below(3));
      pipeline.stages.resize(1 + below(3));
      for (auto& stage : pipeline.stages) stage = command();
    }
    result.front().when = ShellPipeline::When::always;
    return result;
  }

 private:
  std::size_t below(std::size_t limit) { return stream_.at(next_++) % limit; }

  SimpleCommand command() {
    SimpleCommand result;
    result.words.push_back(ShellWord{{WordPiece{"kubectl"}}});
    for (std::size_t i = below(4); i > 0; --i) result.words.push_back(word());
    if (below(4) == 0) result.redirections.push_back(redirection());
    return result;
  }

  Redirection redirection() {
    Redirection result;
    result.kind = static_cast<Redirection::Kind>(below(4));
    if (result.kind == Redirection::Kind::join) return Redirection{result.kind, 2, 1, {}, {}};
    if (result.kind != Redirection::Kind::read) result.descriptor = static_cast<int>(below(3));
    result.target = ShellWord{{WordPiece{"file"}}};
    return result;
  }

  ShellWord word() {
    ShellWord result;
    for (std::size_t i = 1 + below(3); i > 0; --i) add(result, piece());
    return result;
  }

  /// Neighbours of one kind are one piece, as the parser reads them.
  static void add(ShellWord& word, WordPiece piece) {
    const bool merges = !word.pieces.empty() && piece.kind == Kind::text &&
                        word.pieces.back().kind == Kind::text && word.pieces.back().quote == piece.quote &&
                        piece.quote != Quote::single;
    const bool name_runs_on =
        !word.pieces.empty() && word.pieces.back().kind == Kind::variable && !word.pieces.back().braces;
    if (name_runs_on) word.pieces.back().braces = true;
    if (merges)
      word.pieces.back().text += piece.text;
    else
      word.pieces.push_back(std::move(piece));
  }

  WordPiece piece() {
    static const std::vector<std::string> names{"X", "DATABASE_URL", "a1"};
    static const std::vector<std::string> commands{"date", "kubectl get pods | head -1", "echo \"a b\""};
    WordPiece result;
    result.quote = static_cast<Quote>(below(4));
    if (result.quote != Quote::single && result.quote != Quote::backslash && below(3) == 0) {
      result.kind = below(2) == 0 ? Kind::variable : Kind::command;
      result.text =
          result.kind == Kind::variable ? names[below(names.size())] : commands[below(commands.size())];
      return result;
    }
    static constexpr std::string_view plain = "abz09-=./:,@%_+";
    static constexpr std::string_view any = "ab \t|&;<>()\"$`\\#*?{}[]!~";
    for (std::size_t i = 1 + below(4); i > 0; --i)
      result.text += result.quote == Quote::none ? plain[below(plain.size())] : any[below(any.size())];
    return result;
  }

  RandomStream stream_;
  std::uint64_t next_ = 0;
};

TEST(ShellRoundTrip, ParseOfPrintIsTheTree) {
  for (std::uint64_t seed = 0; seed < 5'000; ++seed) {
    const auto tree = Drawer(seed).script();
    const std::string line = print_shell(tree);
    const auto again = parse_shell(line);
    ASSERT_TRUE(again) << line << "\n" << again.error().message;
    ASSERT_EQ(print_shell(*again), line);
    ASSERT_TRUE(*again == tree) << "seed " << seed << ": " << line;
  }
}

TEST(ShellRoundTrip, PrintOfParseIsTheLine) {
  for (const char* line :
       {"kubectl get pods -n autonomous-dev-prod",
        "kubectl get events -n autonomous-dev-prod --sort-by='.lastTimestamp' | tail -20",
        "kubectl patch secret s -p '{\"data\":{\"database-url\":\"x\"}}'",
        "kubectl run -it --rm debug --image=postgres:14 -- psql $DATABASE_URL -c \"SELECT 1\"",
        "X=$(kubectl get pods -o name | head -1) && echo \"first: ${X}\" || false",
        "kubectl logs p > evidence.log 2>&1; cat < evidence.log >> all.log", "cat <<EOF\na $X\nEOF\n",
        "kubectl apply -f - <<'EOF' | tee out\nkind: $X\nEOF\n", "grep b <<<'abc'",
        "echo a\\ b \"c \\\"d\\\" $(date)\"", "nope &> f", "KUBE_EDITOR=\"sed -i s/a/b/\" kubectl edit cm x",
        "for p in $(kubectl get pods -o name) {1..3}; do kubectl logs $p > f; sleep 5; done | tail -3",
        "while ! [ $((i += 1)) -gt 3 ]; do echo $i || break; done < f",
        "if [[ $a == b* && ! -f x ]]; then echo a; elif (( i > 2 )); then ( exit 1; ); else { echo c; }; fi",
        "f() { local x=$1; return 2; }; f \"$@\"", "until true; do cat <<EOF\n$X\nEOF\ndone"}) {
    const auto tree = parse_shell(line);
    ASSERT_TRUE(tree) << line << "\n" << tree.error().message;
    EXPECT_EQ(print_shell(*tree), line);
  }
}

TEST(ShellRoundTrip, UnfinishedLinesWantMore) {
  for (const char* line : {"echo 'a", "echo \"a", "echo a |", "echo a &&", "cat <<EOF", "cat <<EOF\na",
                           "echo $(date", "echo a \\", "for i in a; do", "if true; then\necho a", "f() {",
                           "( echo a", "[[ a == b", "echo $((1 + "})
    EXPECT_TRUE(shell_is_unfinished(line)) << line;
  for (const char* line : {"echo a", "", "echo )", "for i in a; do echo; done", "do", "cat <<EOF\na\nEOF",
                           "echo a; ", "echo 'a' \\\\"})
    EXPECT_FALSE(shell_is_unfinished(line)) << line;
}

}  // namespace
}  // namespace muster::test
