// The console's grammar: what is a word, what is piped where, what goes into a file, and what is refused.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/responders/fake_host.hpp"

namespace muster::test {
namespace {

using testing::HasSubstr;

struct Line {
  std::string line, out, err;
  int exit_code = 0;
};

void expect_grammar(const std::vector<Line>& table) {
  for (const auto& row : table) {
    FakeHost host;
    const CommandResult result = run_line(host, row.line);
    EXPECT_EQ(result.out, row.out) << row.line;
    EXPECT_EQ(result.err, row.err) << row.line;
    EXPECT_EQ(result.exit_code, row.exit_code) << row.line;
    const bool refused = row.exit_code == 127 || row.exit_code == 2 || row.err.starts_with("muster: ") ||
                         row.line.starts_with("nope");  // the first stage of a pipe too
    EXPECT_EQ(!result.cannot_run.empty(), refused) << row.line;
  }
}

TEST(Shell, Grammar) {
  expect_grammar({
      {"echo a  b", "a b\n", "", 0},
      {"echo 'a  b' \"c  d\"", "a  b c  d\n", "", 0},
      {R"(echo "a\"b\\c" 'a\b' a\ b)", "a\"b\\c a\\b a b\n", "", 0},
      {"echo a \\\n  b", "a b\n", "", 0},
      {"echo a # b", "a\n", "", 0},
      {"echo a#b", "a#b\n", "", 0},
      {"# only a comment", "", "", 0},
      {"echo ''", "\n", "", 0},
      {"true && echo yes", "yes\n", "", 0},
      {"false && echo yes", "", "", 1},
      {"false || echo no", "no\n", "", 0},
      {"true || echo no", "", "", 0},
      {"false; echo $?", "1\n", "", 0},
      {"echo a; echo b\necho c", "a\nb\nc\n", "", 0},
      {"X=1; echo $X ${X}2", "1 12\n", "", 0},
      {"export X='a b'; echo \"$X\" $X", "a b a b\n", "", 0},
      {"echo '$X' \\$X", "$X $X\n", "", 0},
      {"echo $X", "", "muster: $X is not set\n", 1},
      {"echo b > f; echo a >> f; cat f | sort", "a\nb\n", "", 0},
      {"cat < f", "", "bash: f: No such file or directory\n", 1},
      {"nope x", "", "bash: nope: command not found\n", 127},
      {"helm list", "", "bash: helm: command not found\n", 127},
      {"nope 2>&1 | grep -c nope", "1\n", "", 0},
      {"nope 2>/dev/null", "", "", 127},
      {"echo 'a", "", "muster: syntax error: a single quote (') is not closed\n", 2},
      {"echo $((1+1))", "2\n", "", 0},
      {"echo $((1/0))", "", "muster: bash: 1/0: division by 0 (error token is \"\")\n", 1},
      {"for i in 1 2; do echo $i; done", "1\n2\n", "", 0},
      {"case x in y) ;; esac", "", "muster: the control structure `case` is not built in this console\n", 2},
      {"for i in 1; do", "", "muster: syntax error: `done' is missing at the end of the line\n", 2},
      {"if true; then fi", "", "muster: syntax error near unexpected token `fi'\n", 2},
      {"for i in f{1,2}; do echo $i > $i.log; done; cat f*.log; rm f1.log; ls; echo *.log *.txt",
       "f1\nf2\nf2.log\nf2.log *.txt\n", "", 0},
      {"echo a$(echo 'b  c')d \"$(echo 'b  c')\" `echo e`", "ab cd b  c e\n", "", 0},
      {"X=$(false); echo $?", "1\n", "", 0},
      {"Y=1; Z=$(Y=2; echo $Y); echo $Y$Z", "12\n", "", 0},
      {"X=a\\ b; echo \"$X\"", "a b\n", "", 0},
  });
}

TEST(Shell, RedirectionsAndOptions) {
  expect_grammar({
      {"cat <<EOF\na $? $(echo b)\n\\$c\nEOF\necho end", "a 0 b\n$c\nend\n", "", 0},
      {"cat <<'EOF' | grep b\na\n$b\nEOF", "$b\n", "", 0},
      {"grep b <<< 'abc'", "abc\n", "", 0},
      {"cat <<EOF\na", "", "muster: syntax error: a here-document (<<) is not closed\n", 2},
      {"nope > f 2>&1; cat f", "bash: nope: command not found\n", "", 0},
      {"nope 2>&1 > f | cat", "bash: nope: command not found\n", "", 0},
      {"nope &> f; cat f", "bash: nope: command not found\n", "", 0},
      {"set +u; echo a$X", "a\n", "", 0},
      {"set -e; false; echo a", "", "", 1},
      {"set -e; false || echo a", "a\n", "", 0},
      {"set -o pipefail; false | echo a", "a\n", "", 1},
      {"sleep 1 &", "", "muster: running in the background (&) is not built in this console\n", 2},
      {"| echo", "", "muster: syntax error near unexpected token `|'\n", 2},
      {"echo a |", "", "muster: syntax error: a command is missing at the end of the line\n", 2},
  });
}

// Time passes in a loop by what its commands take, and none goes on for ever.
TEST(Shell, LoopsTakeTimeAndEnd) {
  FakeHost host;
  host.answer("GET /api/v1/namespaces/default/pods/p", "{}", 404);
  host.answer("GET /api/v1/namespaces/default/pods/p", "{}", 404);
  host.answer("GET /api/v1/namespaces/default/pods/p", R"({"kind":"Pod","metadata":{"name":"p"}})");
  const CommandResult waited =
      run_line(host, "until kubectl get pod p -o name 2>/dev/null; do sleep 5; done && echo there");
  EXPECT_EQ(waited.out, "pod/p\nthere\n");
  EXPECT_EQ(host.now(), sim_start + 10s);
  FakeHost turning;
  const CommandResult endless = run_line(turning, "while true; do :; done; echo never");
  EXPECT_EQ(endless.err, "^C (muster: stopped the loop after 1000 turns)\n");
  EXPECT_EQ(endless.exit_code, 130);
  EXPECT_EQ(endless.out, "");
  FakeHost sleeping;
  const CommandResult long_loop = run_line(sleeping, "while true; do sleep 10m; done");
  EXPECT_EQ(long_loop.err, "^C (muster: stopped the loop after 1h)\n");
  EXPECT_EQ(sleeping.now(), sim_start + 1h);
}

void expect_lines(const std::vector<Line>& table) {
  const EvidenceFolder files{{"f", "one\ntwo\nthree\nfour\nfive\n"}, {"n", "10 x\n9 y\n9 y\n"}};
  for (const auto& row : table) {
    FakeHost host;
    const CommandResult result = run_line(host, row.line, files);
    EXPECT_EQ(result.out, row.out) << row.line;
    EXPECT_EQ(result.err, row.err) << row.line;
    EXPECT_EQ(result.exit_code, row.exit_code) << row.line;
  }
}

// Each of these ended the program: by its stack, or by its memory.
TEST(Shell, NestingAndBracesHaveBounds) {
  const std::string too_deep = "more than 100 control structures in each other";
  const auto nested = [](const std::string& open, const std::string& close) {
    std::string text = "echo x";
    for (int i = 0; i < 20'000; ++i) text = open + text;
    for (int i = 0; i < 20'000; ++i) text += close;
    return text;
  };
  FakeHost host;
  EXPECT_THAT(run_line(host, nested("{ ", "; }")).err, testing::HasSubstr(too_deep));
  EXPECT_THAT(run_line(host, nested("( ", " )")).err, testing::HasSubstr(too_deep));
  EXPECT_THAT(run_line(host, nested("echo $(", ")")).err, testing::HasSubstr(too_deep));
  EXPECT_THAT(run_line(host, nested("if true; then ", "; fi")).err, testing::HasSubstr(too_deep));
  std::string braces = "echo ";
  for (int i = 0; i < 30; ++i) braces += "{a,b}";
  EXPECT_EQ(run_line(host, braces).err, "muster: braces make more than 10000 words\n");
  EXPECT_EQ(run_line(host, "echo {1..10001}").err, "muster: braces make more than 10000 words\n");
  EXPECT_EQ(run_line(host, "echo {1..10000} | wc -w").out, "10000\n");
}

TEST(Shell, Filters) {
  const std::vector<Line> table{
      {"grep o f", "one\ntwo\nfour\n", "", 0},
      {"grep -v o f", "three\nfive\n", "", 0},
      {"grep -ci O f", "3\n", "", 0},
      {"grep -A 1 two f", "two\nthree\n", "", 0},
      {"grep -B1 two f", "one\ntwo\n", "", 0},
      {"grep -C 1 -E 'one|five' f", "one\ntwo\n--\nfour\nfive\n", "", 0},
      {"grep 'one\\|five' f", "one\nfive\n", "", 0},
      {"grep 'one|five' f", "", "", 1},
      {"grep -n two f", "2:two\n", "", 0},
      {"grep x missing", "", "grep: missing: No such file or directory\n", 2},
      {"grep -Z x f", "", "grep: invalid option -- 'Z'\n", 2},
      {"head -2 f", "one\ntwo\n", "", 0},
      {"head -n -3 f", "one\ntwo\n", "", 0},
      {"cat f | tail -n 1", "five\n", "", 0},
      {"tail -2 f | head -1", "four\n", "", 0},
      {"tail -n +4 f", "four\nfive\n", "", 0},
      {"tail -n x f", "", "tail: invalid number of lines: ‘x’\n", 1},
      {"sort -n n", "9 y\n9 y\n10 x\n", "", 0},
      {"sort -u n", "10 x\n9 y\n", "", 0},
      {"sort -r n", "9 y\n9 y\n10 x\n", "", 0},
      {"wc -l f", "5 f\n", "", 0},
      {"grep -o 't[a-z]' f", "tw\nth\n", "", 0},
      {"grep -m1 o f", "one\n", "", 0},
      {"grep -e one -e five f", "one\nfive\n", "", 0},
      {"cat f | wc", "      5       5      24\n", "", 0},
  };
  expect_lines(table);
}

TEST(Shell, TextTools) {
  expect_lines({
      {"uniq -c n", "      1 10 x\n      2 9 y\n", "", 0},
      {"cut -d ' ' -f 2 n", "x\ny\ny\n", "", 0},
      {"cut -c1-2 n", "10\n9 \n9 \n", "", 0},
      {"tr a-z A-Z < n | tail -1", "9 Y\n", "", 0},
      {"tr -d ' ' < n | head -1", "10x\n", "", 0},
      {"sed 's/o/0/' f | head -2", "0ne\ntw0\n", "", 0},
      {"sed -n '/two/,/four/p' f", "two\nthree\nfour\n", "", 0},
      {"sed -E 's/(t)(.)/\\2\\1/;2d' f", "one\nhtree\nfour\nfive\n", "", 0},
      {"sed 's/e/&&/g' f | head -1", "onee\n", "", 0},
      {"sed '$d' n", "10 x\n9 y\n", "", 0},
      {"sed 's/a' f", "", "sed: -e expression #1, char 4: unterminated `s' command\n", 1},
      {"awk '{print $2, $1}' n | head -1", "x 10\n", "", 0},
      {"awk '$1 > 9 {print $2}' n", "x\n", "", 0},
      {"awk '/y/ && NR==2' n", "9 y\n", "", 0},
      {"awk '{s+=$1} END {print s}' n", "",
       "muster: awk: `s+=$1} END {print s}` is not built in this console: patterns and print are\n", 127},
      {"echo -n hello | base64", "aGVsbG8=\n", "", 0},
      {"echo aGVsbG8= | base64 -d", "hello", "", 0},
      {"cat n | tee m | wc -l; cat m | head -1", "3\n10 x\n", "", 0},
      {"printf '%s-%d\\n' a 1 b 2", "a-1\nb-2\n", "", 0},
      {"seq 3 | xargs echo", "1 2 3\n", "", 0},
      {"seq 2 | xargs -I{} echo a{}b", "a1b\na2b\n", "", 0},
      {"date -u +%FT%TZ", "2025-11-01T14:30:00Z\n", "", 0},
      {"date", "Sat Nov  1 14:30:00 UTC 2025\n", "", 0},
  });
}

TEST(Shell, SleepTakesVirtualTime) {
  FakeHost host;
  EXPECT_EQ(run_line(host, "sleep 90 && sleep 1m && echo up").out, "up\n");
  EXPECT_EQ(host.now(), sim_start + 150s);
}

TEST(Shell, EveryCommandIsListedOnceWithItsSynopsis) {
  for (const auto& command : console_commands()) {
    EXPECT_TRUE(command.synopsis.starts_with(command.name)) << command.name;
    EXPECT_EQ(find_command(command.name), &command);
    EXPECT_NE(command.at_once == nullptr, command.waiting == nullptr) << command.name;
  }
}

struct DeskLine {
  std::string line, path, body;
};

TEST(Desk, CommandsBecomePosts) {
  const std::vector<DeskLine> table{
      {"ack 3", "/desk/v1/pages/3/acknowledge", "{}"},
      {"declare P0 \"all pods down\"", "/desk/v1/severity", R"({"severity":"P0","text":"all pods down"})"},
      {"post '#inc' hello world", "/desk/v1/messages", R"({"channel":"#inc","text":"hello world"})"},
      {"notify cto ceo 'it is down'", "/desk/v1/notifications",
       R"({"text":"it is down","to":["cto","ceo"]})"},
      {"status 'we look into it'", "/desk/v1/status", R"({"text":"we look into it"})"},
      {"ticket 'Outage' 'details'", "/desk/v1/tickets", R"({"text":"details","title":"Outage"})"},
      {"hypothesis 'bad deploy'", "/desk/v1/hypotheses", R"({"text":"bad deploy"})"},
      {"resolve done", "/desk/v1/resolve", R"({"text":"done"})"},
      {"postmortem 'text'", "/desk/v1/postmortem", R"({"text":"text"})"},
  };
  for (const auto& row : table) {
    FakeHost host;
    host.answer("POST " + row.path, "{}");
    EXPECT_EQ(run_line(host, row.line).exit_code, 0) << row.line;
    ASSERT_EQ(host.requests.size(), 1u) << row.line;
    EXPECT_EQ(host.requests[0].path, row.path);
    EXPECT_EQ(host.requests[0].body, row.body);
    EXPECT_EQ(host.requests[0].actor, "responder-1");
  }
}

TEST(Desk, AckWithoutANumberTakesTheOpenPages) {
  FakeHost host;
  host.answer("GET /desk/v1/pages",
              R"({"pages":[{"page":1,"acknowledged_by":"x"},{"page":2,"acknowledged_by":""},{"page":3}]})");
  host.answer("POST /desk/v1/pages/2/acknowledge", "{}");
  host.answer("POST /desk/v1/pages/3/acknowledge", "{}");
  EXPECT_EQ(run_line(host, "ack").out, "page 2 acknowledged\npage 3 acknowledged\n");
}

TEST(Desk, ARefusalOfTheDeskIsAnError) {
  FakeHost host;
  host.answer("POST /desk/v1/severity", R"({"message":"the incident is resolved"})", 409);
  const CommandResult result = run_line(host, "declare P1");
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_THAT(result.err, HasSubstr("the incident is resolved"));
  EXPECT_EQ(run_line(host, "declare P7").exit_code, 2);
}

}  // namespace
}  // namespace muster::test
