#include "scoring/evidence.hpp"

#include <algorithm>
#include <map>

namespace muster {

namespace {

template <class T>
void note(std::vector<Noted<T>>& list, const Record& record, const T* what) {
  if (what != nullptr) list.push_back({record.at, record.number, what});
}

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

std::string lower_case(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(), lower);
  return result;
}

}  // namespace

Evidence::Evidence(const Journal& journal) {
  for (const Record& record : journal.records) {
    note(faults, record, record.fact<FaultFact>());
    note(pages, record, record.fact<PageFact>());
    note(responder, record, record.fact<ResponderFact>());
    note(data, record, record.fact<DataFact>());
    note(intruder, record, record.fact<IntruderFact>());
    note(traces, record, record.fact<EvidenceFact>());
    note(agents, record, record.fact<AgentFact>());
    if (const auto* desk_fact = record.fact<DeskFact>(); desk_fact && !is_staff(desk_fact->actor))
      note(desk, record, desk_fact);
    if (const auto* request = record.request(); request && !is_staff(request->actor))
      note(requests, record, request);
    if (std::holds_alternative<Seal>(record.body)) continue;
    end = record.at;
    end_record = record.number;
    if (const auto* ended = record.fact<EndFact>()) {
      end_reason = ended->reason;
      fingerprint = ended->fingerprint;
    }
  }
}

const Noted<DeskFact>* Evidence::first(DeskAction action) const {
  for (const auto& entry : desk)
    if (entry.what->action == action) return &entry;
  return nullptr;
}

std::vector<Noted<DeskFact>> Evidence::all(DeskAction action) const {
  std::vector<Noted<DeskFact>> found;
  for (const auto& entry : desk)
    if (entry.what->action == action) found.push_back(entry);
  return found;
}

bool Evidence::fault_active_at(SimTime at) const {
  std::map<std::string, bool> active;
  for (const auto& fault : faults)
    if (fault.at <= at) active[fault.what->id] = fault.what->active;
  return std::any_of(active.begin(), active.end(), [](const auto& entry) { return entry.second; });
}

bool is_staff(std::string_view actor) {
  return actor == "facilitator" || actor.starts_with("facilitator-");
}

namespace {

std::string_view without_query(std::string_view path) {
  return path.substr(0, path.find('?'));
}

/// Spoken with POST, but nothing is changed (or what is changed shows as facts of its own).
bool only_asks(std::string_view path) {
  for (std::string_view end :
       {"/query", "/query_range", "/series", "/labels", "/exec", "/attach", "/portforward"})
    if (path.ends_with(end)) return true;
  return path.find("accessreviews") != std::string_view::npos ||
         path.find("rulesreviews") != std::string_view::npos;
}

bool is_desk(std::string_view path) {
  return path.starts_with("/desk/");
}

}  // namespace

bool is_mutating(const RequestRecord& request) {
  if (request.verb == "GET" || request.verb == "HEAD" || request.verb == "OPTIONS") return false;
  const std::string_view path = without_query(request.path);
  return !is_desk(path) && !only_asks(path);
}

bool is_read(const RequestRecord& request) {
  return !is_mutating(request) && !is_desk(without_query(request.path));
}

std::string role_key(std::string_view role) {
  std::string key;
  for (char c : lower_case(role)) {
    const bool word = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (word)
      key += c;
    else if (!key.empty() && key.back() != '-')
      key += '-';
  }
  while (key.ends_with('-')) key.pop_back();
  return key.starts_with("all-") ? key.substr(4) : key;
}

bool mentions_any(std::string_view text, const std::vector<std::string>& words) {
  const std::string lowered = lower_case(text);
  return std::any_of(words.begin(), words.end(), [&](const std::string& word) {
    return !word.empty() && lowered.find(lower_case(word)) != std::string::npos;
  });
}

}  // namespace muster
