// The only file that knows the line editor (libedit's interface of GNU readline, editline/readline.h).
#include "cli/terminal.hpp"

#include <editline/readline.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <iostream>

namespace muster::cli {
namespace {

class PlainTerminal : public Terminal {
 public:
  std::optional<std::string> read_line(const std::string& prompt) override {
    std::string line;
    if (!std::getline(std::cin, line)) return std::nullopt;
    if (line.ends_with('\r')) line.pop_back();
    show(prompt + line + "\n");
    return line;
  }
  void show(std::string_view text) override {
    fmt::print("{}", text);
    std::fflush(stdout);
  }
  void show_error(std::string_view text) override { fmt::print(stderr, "{}", text); }
  void set_words(std::vector<std::string>) override {}
};

/// The library's callbacks know no object.
std::vector<std::string>& completion_words() {
  static std::vector<std::string> words;
  return words;
}

/// One match per call, `state` 0 first; null after the last.
char* next_match(const char* typed, int state) {
  static std::size_t next = 0;
  if (state == 0) next = 0;
  const auto& words = completion_words();
  while (next < words.size()) {
    const std::string& word = words[next++];
    if (word.starts_with(typed)) return ::strdup(word.c_str());
  }
  return nullptr;
}

char** matches(const char* typed, int, int) {
  rl_attempted_completion_over = 1;  // no file names of this machine
  return rl_completion_matches(typed, next_match);
}

class EditedTerminal final : public PlainTerminal {
 public:
  EditedTerminal() {
    rl_readline_name = const_cast<char*>("muster");
    rl_initialize();
    using_history();
    rl_attempted_completion_function = matches;
  }

  std::optional<std::string> read_line(const std::string& prompt) override {
    const std::unique_ptr<char, decltype(&std::free)> typed(readline(prompt.c_str()), &std::free);
    if (!typed) {
      show("\n");
      return std::nullopt;
    }
    if (*typed != '\0') add_history(typed.get());
    return std::string(typed.get());
  }
  void set_words(std::vector<std::string> words) override { completion_words() = std::move(words); }
};

}  // namespace

std::unique_ptr<Terminal> make_terminal() {
  if (::isatty(STDIN_FILENO) != 0 && ::isatty(STDOUT_FILENO) != 0) return std::make_unique<EditedTerminal>();
  return std::make_unique<PlainTerminal>();
}

}  // namespace muster::cli
