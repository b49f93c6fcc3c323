// Plays a fixed list of requests at their times. It looks at no page, and at no answer but those that tell it
// the names it asks for: what is refused is told to the journal, and the list goes on.
#pragma once

#include <map>
#include <string>

#include "responders/requests/request_list.hpp"
#include "responders/responder.hpp"

namespace muster {

class RequestListResponder final : public Responder {
 public:
  RequestListResponder(std::string actor, RequestList list)
      : actor_(std::move(actor)), name_("requests:" + list.file), list_(std::move(list)) {}
  const std::string& actor() const override { return actor_; }
  Task<void> play(ResponderHost& host) override;

 private:
  void send(ResponderHost& host, const ListedRequest& request);
  std::string filled(ResponderHost& host, std::string path);
  const std::string& found_name(ResponderHost& host, const LookedUpName& wanted);
  void tell(ResponderHost& host, ResponderChange change, int line, std::string text) const;

  std::string actor_, name_;
  RequestList list_;
  std::map<std::string, std::string> found_;  ///< by the name in the list
};

}  // namespace muster
