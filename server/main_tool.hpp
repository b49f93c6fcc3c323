// The main process of a pod that `kubectl run` made with a tool (`--image=postgres -- psql URL -c ...`): the
// console's own tool, through the same door. It begins when somebody attaches. Without sockets.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "server/exec_session.hpp"

namespace muster {

struct MainTool {
  std::string image, actor;
  std::vector<std::string> words;  ///< the command line
  std::map<std::string, std::string> environment;
};

/// What a run of it gave.
struct ToolAnswer {
  std::string out, err;
  int exit_code = 0;
};

/// Whether the image has the tool and it is known here: psql in postgres' images and in netshoot.
bool is_main_tool(const MainTool& tool);

/// Whether it reads its input: psql without -c, -f and -l.
bool reads_input(const MainTool& tool);

/// `ask` is the door.
ToolAnswer run_main_tool(const MainTool& tool, const std::string& input, const ExecSession::Ask& ask);

}  // namespace muster
