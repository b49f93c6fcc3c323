// What a program may ask, read from one line of JSON; private to this folder.
#pragma once

#include <optional>
#include <string>

#include "responders/condition/condition.hpp"
#include "responders/text/json_value.hpp"

namespace muster {

struct ProgramMessage {
  enum class Kind : std::uint8_t { hello, run, request, query, sleep, wait, watch, done };
  Kind kind = Kind::hello;
  JsonValue id;                                ///< given back with the answer
  std::string text;                            ///< command, PromQL, closing words, program's name
  std::string verb, path, content_type, body;  ///< of request and watch
  std::string accept;                  ///< of them: as HTTP's header; it changes the form of the answer only
  SimDuration span{};                  ///< of sleep, wait and watch: at most so long
  SimDuration every{};                 ///< of wait
  bool until_page = false;             ///< of wait
  std::optional<PlayCondition> until;  ///< of wait
  std::int64_t watch = 0;              ///< number of a watch that goes on
  std::optional<SimDuration> think;
};

/// Error: no JSON object at all. A message that is one and says something wrong has its error in `mistake`.
struct ReadMessage {
  ProgramMessage message;
  std::string mistake;
};
Result<ReadMessage> read_program_message(const std::string& line);

}  // namespace muster
