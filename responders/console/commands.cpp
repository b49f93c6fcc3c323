// The table of the console's commands.
#include <algorithm>
#include <array>

#include "responders/cloud/cloud_client.hpp"
#include "responders/console/command.hpp"
#include "responders/console/condition_command.hpp"
#include "responders/console/desk_commands.hpp"
#include "responders/console/filters.hpp"
#include "responders/console/shell_builtins.hpp"
#include "responders/console/shell_tools.hpp"
#include "responders/console/text_tools.hpp"
#include "responders/http/curl.hpp"
#include "responders/http/prometheus_tools.hpp"
#include "responders/jq/jq.hpp"
#include "responders/kubectl/kubectl.hpp"
#include "responders/psql/psql.hpp"

namespace muster {
namespace {

constexpr ConsoleCommand at_once(std::string_view name, std::string_view synopsis,
                                 CommandResult (*run)(Session&, const Invocation&)) {
  return ConsoleCommand{name, synopsis, run, nullptr};
}
constexpr ConsoleCommand waiting(std::string_view name, std::string_view synopsis,
                                 Task<CommandResult> (*run)(Session&, Invocation)) {
  return ConsoleCommand{name, synopsis, nullptr, run};
}

constexpr std::array all_commands{
    waiting("kubectl", "kubectl COMMAND [ARGUMENT]... (see the kubectl table)", kubectl),
    at_once("psql", "psql [URL] [-h HOST] [-U USER] [-d DATABASE] [-c SQL] [-f FILE] [-tAxq]", psql),
    waiting("gcloud", "gcloud sql instances|backups|operations COMMAND ...", gcloud),
    waiting("aws", "aws rds COMMAND --OPTION VALUE...", aws),
    waiting("curl",
            "curl [-sSfIivkL] [-o FILE] [-w FORMAT] [-X METHOD] [-H HEADER] [-d DATA] [-m SECONDS] URL...",
            curl),
    at_once("promql", "promql EXPRESSION", promql),
    at_once("promtool", "promtool query instant URL EXPRESSION", promtool),
    at_once("ack", "ack [PAGE]...", desk_commands::ack),
    at_once("declare", "declare P0|P1|P2|P3 [\"TEXT\"]", desk_commands::declare),
    at_once("post", "post \"#CHANNEL\" \"TEXT\"", desk_commands::post),
    at_once("notify", "notify ROLE... \"TEXT\"", desk_commands::notify),
    at_once("status", "status \"TEXT\"", desk_commands::status),
    at_once("ticket", "ticket \"TITLE\" [\"TEXT\"]", desk_commands::ticket),
    at_once("hypothesis", "hypothesis \"TEXT\"", desk_commands::hypothesis),
    at_once("resolve", "resolve \"TEXT\"", desk_commands::resolve),
    at_once("postmortem", "postmortem \"TEXT\"", desk_commands::postmortem),
    at_once("grep", "grep [-ivcnqwoEF] [-A N] [-B N] [-C N] [-m N] PATTERN [FILE]...", filters::grep),
    at_once("head", "head [-n N | -N] [FILE]...", filters::head),
    at_once("tail", "tail [-n N | -N] [FILE]...", filters::tail),
    at_once("sort", "sort [-nru] [FILE]...", filters::sort),
    at_once("wc", "wc [-l | -w | -c] [FILE]...", filters::wc),
    at_once("echo", "echo [-n] [WORD]...", filters::echo),
    at_once("cat", "cat [FILE]...", filters::cat),
    at_once("ls", "ls", filters::list_files),
    at_once("uniq", "uniq [-cdu] [FILE]", text_tools::uniq),
    at_once("cut", "cut -f LIST [-d C] [-s] | -c LIST [FILE]...", text_tools::cut),
    at_once("tr", "tr [-ds] SET1 [SET2]", text_tools::translate),
    at_once("sed", "sed [-nEi] [-e] SCRIPT [FILE]...", text_tools::sed),
    at_once("awk", "awk [-F C] '[PATTERN] {print LIST}' [FILE]...", text_tools::awk),
    at_once("jq", "jq [-rcsne] FILTER [FILE]...", jq),
    at_once("tee", "tee [-a] [FILE]...", text_tools::tee),
    at_once("base64", "base64 [-d] [-w N] [FILE]...", text_tools::base64),
    at_once("printf", "printf FORMAT [WORD]...", text_tools::printf),
    at_once("seq", "seq [FIRST [STEP]] LAST", shell_tools::sequence),
    at_once("date", "date [-u] [+FORMAT]", shell_tools::date),
    at_once("set", "set [-+eux] [-o pipefail]", shell_tools::set),
    at_once("unset", "unset NAME...", shell_tools::unset),
    at_once("env", "env", shell_tools::env),
    at_once("whoami", "whoami", shell_tools::who_am_i),
    at_once("rm", "rm [-f] FILE...", shell_tools::remove_files),
    at_once("clear", "clear", shell_tools::clear),
    at_once("pace", "pace person|none", shell_tools::pace),
    at_once("help", "help [COMMAND]", shell_tools::help),
    waiting("watch", "watch [-n SECONDS] COMMAND...", shell_tools::watch),
    waiting("xargs", "xargs [-r] [-n N | -I TEXT] [COMMAND]...", shell_tools::xargs),
    waiting("time", "time COMMAND...", shell_tools::time),
    waiting("timeout", "timeout SECONDS COMMAND...", shell_tools::timeout),
    at_once("true", "true", filters::yes_true),
    at_once("false", "false", filters::no_false),
    at_once("export", "export NAME=VALUE...", filters::set_variables),
    waiting("sleep", "sleep TIME...", filters::sleep),
    at_once("test", "test CONDITION", test_command),
    at_once("[", "[ CONDITION ]", bracket_command),
    at_once(":", ":", filters::yes_true),
    at_once("read", "read [-r] NAME...", shell_builtins::read),
    at_once("local", "local NAME[=VALUE]...", shell_builtins::local),
    at_once("shift", "shift [N]", shell_builtins::shift),
    at_once("break", "break [N]", shell_builtins::leave_loop),
    at_once("continue", "continue [N]", shell_builtins::leave_loop),
    at_once("return", "return [N]", shell_builtins::leave),
    at_once("exit", "exit [N]", shell_builtins::leave),
};

constexpr std::array<std::string_view, 22> unavailable{
    "pg_dump",   "az",    "helm", "docker",    "git",   "ssh",    "scp", "yq",  "dig",  "nslookup", "ping",
    "redis-cli", "mysql", "wget", "terraform", "vault", "amtool", "vi",  "vim", "nano", "less",     "top"};

}  // namespace

std::span<const ConsoleCommand> console_commands() {
  return all_commands;
}
std::span<const std::string_view> unavailable_commands() {
  return unavailable;
}

const ConsoleCommand* find_command(std::string_view name) {
  const auto found = std::find_if(all_commands.begin(), all_commands.end(),
                                  [&](const ConsoleCommand& command) { return command.name == name; });
  return found == all_commands.end() ? nullptr : &*found;
}

bool names_a_command(std::string_view word) {
  return find_command(word) != nullptr ||
         std::find(unavailable.begin(), unavailable.end(), word) != unavailable.end();
}

}  // namespace muster
