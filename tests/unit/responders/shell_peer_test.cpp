// bash is the judge of the shell's control structures: written and drawn scripts print the same and end
// alike.
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "sim/random.hpp"
#include "tests/unit/responders/fake_host.hpp"

namespace muster::test {
namespace {

constexpr int drawn_scripts = 300;

struct BashSaid {
  std::string out;
  int exit_code = 0;
};

/// In an empty folder of its own, with the C locale.
BashSaid ask_bash(const std::string& script) {
  const std::string folder = testing::TempDir() + "muster-shell-peer";
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  const std::string file = testing::TempDir() + "muster-shell-peer.sh";
  std::ofstream(file) << script;
  BashSaid said;
  FILE* pipe = popen(("cd " + folder + " && LC_ALL=C bash --norc " + file + " 2>/dev/null").c_str(), "r");
  std::array<char, 4096> buffer{};
  for (std::size_t n = 0; (n = fread(buffer.data(), 1, buffer.size(), pipe)) > 0;)
    said.out.append(buffer.data(), n);
  said.exit_code = WEXITSTATUS(pclose(pipe));
  return said;
}

bool has_bash() {
  return std::system("bash -c true >/dev/null 2>&1") == 0;
}

void expect_like_bash(const std::string& script) {
  FakeHost host;
  const CommandResult ours = run_line(host, "set +u\n" + script);
  const BashSaid real = ask_bash(script);
  EXPECT_EQ(ours.out, real.out) << "SCRIPT\n" << script << "\n" << ours.err;
  EXPECT_EQ(ours.exit_code, real.exit_code) << script << "\n" << ours.err;
}

TEST(ShellPeer, Scripts) {
  if (!has_bash()) GTEST_SKIP() << "skipped: no bash here";
  for (const char* script : {
           "for i in 1 2 3; do echo $i; done",
           "for i in {1..5} {a,b}c {10..1..4}; do echo -n \"$i \"; done",
           "i=0; while [ $i -lt 4 ]; do i=$((i + 1)); if [ $i -eq 2 ]; then continue; fi; echo $i; done",
           "i=0; until (( i >= 3 )); do (( i++ )); echo $i; done",
           "for a in 1 2; do for b in 1 2 3; do if [ $b = 2 ]; then continue 2; fi; echo $a$b; done; done",
           "for a in 1 2; do for b in 1 2 3; do [ $b = 2 ] && break 2; echo $a$b; done; done; echo $?",
           "if false; then echo a; elif true; then echo b; else echo c; fi; echo $?",
           "if false; then echo a; fi; echo $?",
           "f() { echo \"$# $1 $2\"; shift; echo \"$@\"; return 3; }; f a 'b c' d; echo $?",
           "f() { local x=2; y=3; echo $x; }; x=1; f; echo $x $y",
           "f() { for i in \"$@\"; do echo \"<$i>\"; done; }; f 'a b' c; f",
           "f() { if [ $1 -le 1 ]; then echo 1; else echo $(( $1 * $(f $(( $1 - 1 ))) )); fi; }; f 6",
           "echo $((2 + 3 * 4)) $(( (2 + 3) * 4 )) $((7 / 2)) $((-7 % 3)) $((2 ** 10)) $((1 << 4 | 1)) "
           "$((0x1f + 010))",
           "x=5; echo $((x++)) $((++x)) $((x -= 2)) $x $((x > 3 ? 10 : 20)) $((!x)) $((~x)) $((x == 5 && 0 "
           "|| 2))",
           "x=3; y=x+1; echo $((y * 2)) $((unset_one + 1)) $((0 && 1/0))",
           "[[ abc == a* ]] && echo 1; [[ abc == 'a*' ]] || echo 2; [[ -n a && ( -z b || c < d ) ]] && echo "
           "3",
           "[[ pod-12 =~ ^pod-[0-9]+$ ]] && echo yes; x='a b'; [[ $x == 'a b' ]] && echo same; [[ ! $x ]] || "
           "echo set",
           "[ a = a -a b != c ] && echo 1; [ ! -z a ] && echo 2; [ -f nothing ] || echo 3; test 3 -gt 12 || "
           "echo 4",
           "[ \"$nothing\" ]; echo $?; [ 1 -eq x ]; echo $?; [; echo $?",
           "echo a > f1; echo b > f2.txt; for f in f*; do cat $f; done; echo *.txt *.nope '*' \"*\" f? [f]1",
           "printf 'a 1\\nb 2\\n' | while read name count; do echo \"$count:$name\"; done",
           "printf 'a\\nb\\nc\\n' > l; while read -r x; do echo \"<$x>\"; done < l; echo \"$x\"",
           "printf 'a\\nb\\n' | { read x; echo first $x; cat; }",
           "x=1; (x=2; echo $x; exit 4); echo $? $x",
           "{ echo a; echo b; } | sort -r; { echo c; } > f; cat f",
           "! true; echo $?; ! false && echo yes",
           "for i in 3 1 2; do echo $i; done | sort | head -2",
           "for i in 1 2; do cat <<EOF\nline $i $((i * 2))\nEOF\ndone",
           "set -e; if false; then echo a; fi; false || true; for i in 1; do false; echo b; done; echo c",
           "for i in a b; do\n  # a comment\n  echo $i   # another\n\ndone",
           "if [ 1 = 1 ]\nthen\n  echo yes\nelse\n  echo no\nfi",
           "x=$(for i in 1 2; do echo $i; done); echo $x; echo \"$x\"",
           "exit 3; echo never",
           "for i in; do echo $i; done; echo $?",
           "while read x; do echo $x; break; done <<< 'a'; echo $?",
           "n=0; for i in 1 2 3; do n=$((n+i)); done; echo $n",
           "false; for i in 1; do echo $?; done",
           "f() { return; }; false; f; echo $?",
           "i=5; while (( i-- )); do [ $i -eq 2 ] && break; done; echo $i",
           "echo {a..b} {,x}y a{} {1} \"{1,2}\"",
           "if ! grep -q x <<< 'abc'; then echo none; fi",
       })
    expect_like_bash(script);
}

/// Draws scripts that end: loops over words, or counted.
class ScriptDrawer {
 public:
  explicit ScriptDrawer(std::uint64_t seed) : stream_(seed, "shell", "peer") {}

  std::string script() {
    std::string out = "a=1; b=two; c=; f() { echo \"f:$1:$#\"; return $1; }\n";
    for (std::size_t i = 2 + below(4); i > 0; --i) out += statement(3) + "\n";
    return out + "echo \"$a $b $c $?\"";
  }

 private:
  std::size_t below(std::size_t limit) { return stream_.at(next_++) % limit; }
  std::string pick(const std::vector<std::string>& from) { return from[below(from.size())]; }

  std::string statement(int depth) {
    const std::size_t kind = depth == 0 ? below(4) : below(11);
    if (kind == 0) return "echo " + word() + " " + word();
    // a stays a number: an expression that goes wrong ends bash's whole line, and only the command here
    if (kind == 1 && below(2) == 0) return "a=$((" + expression(2) + "))";
    if (kind == 1) return pick({"b", "c"}) + "=" + pick({"x", "\"$a $b\"", "$(echo $c)", "two"});
    if (kind == 2) return condition() + " && echo and || echo or";
    if (kind == 3) return "f " + pick({"0", "2", "$a"}) + " 2>/dev/null; echo $?";
    if (kind == 4) return "(( " + expression(2) + " ))";
    const std::string inner = statement(depth - 1), more = statement(depth - 1);
    if (kind == 5) return "if " + condition() + "; then " + inner + "; else " + more + "; fi";
    if (kind == 6)
      return "for i" + std::to_string(depth) + " in 1 2 " + word() + "; do " + inner + "; " + leave() + "; " +
             more + "; done";
    if (kind == 7) {
      const std::string counter = "n" + std::to_string(depth);
      return counter + "=0; while [ $" + counter + " -lt 3 ]; do " + counter + "=$((" + counter + " + 1)); " +
             inner + "; " + leave() + "; done";
    }
    if (kind == 8) return "( " + inner + "; " + more + " )";
    if (kind == 9)
      return "{ " + inner + "; } | " +
             pick({"sort", "wc -l | tr -d ' '", "head -1", "while read x y; do echo \"$y-$x\"; done"});
    return "if " + condition() + "; then " + inner + "; elif ! " + condition() + "; then " + more + "; fi";
  }

  std::string leave() {
    return pick({"true", "[ $a = 2 ] && break", "[[ $b == t* ]] && continue", "echo turn", "true"});
  }
  std::string word() {
    return pick({"$a", "\"$b\"", "$c", "x", "{1..3}", "'q r'", "$((" + expression(1) + "))", "$(echo s t)",
                 "\"$#\""});
  }
  std::string condition() {
    return pick({"[ \"$a\" = 1 ]", "[ -z \"$c\" ]", "[[ $b == t* ]]", "[[ -n $c || $a -gt 1 ]]",
                 "(( " + expression(1) + " ))", "true", "false", "! [ \"$b\" != two ]",
                 "[[ $a =~ ^[0-9]+$ ]]", "test 2 -le $((" + expression(1) + "))"});
  }
  std::string expression(int depth) {
    if (depth == 0) return pick({"1", "2", "7", "a", "-3", "n1"});
    const std::string sign =
        pick({" + ", " - ", " * ", " < ", " == ", " && ", " | ", " % 5 + ", " << 1 ^ ", " >= "});
    const std::string both = expression(depth - 1) + sign + expression(depth - 1);
    return below(4) == 0 ? "(" + both + ") ? 3 : a" : below(3) == 0 ? "(" + both + ")" : both;
  }

  RandomStream stream_;
  std::uint64_t next_ = 0;
};

TEST(ShellPeer, DrawnScripts) {
  if (!has_bash()) GTEST_SKIP() << "skipped: no bash here";
  for (std::uint64_t seed = 0; seed < drawn_scripts && !HasFailure(); ++seed)
    expect_like_bash(ScriptDrawer(seed).script());
}

}  // namespace
}  // namespace muster::test
