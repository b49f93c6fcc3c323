// Clues: short stable strings for the evidence that an answer showed, derived from the objects and lines
// alone. The journal keeps them with the request; scoring reads who saw what when. The words:
// docs/kube-api.md.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "cluster_model/objects.hpp"

namespace muster::kube {

using Clues = std::set<std::string>;

/// What anybody sees who is shown this object.
void add_clues(Clues& clues, const Object& object);
/// What only shows in several objects together, besides the clues of each.
void add_list_clues(Clues& clues, const std::vector<ObjectPtr>& objects);
/// Of one object read by name: its content too ("configmap/NAME").
void add_read_clues(Clues& clues, const Object& object);
/// `ended_badly`: the instance that printed the lines has exited with an error.
void add_log_clues(Clues& clues, const std::vector<std::string>& lines, bool ended_badly);

std::vector<std::string> sorted(const Clues& clues);

}  // namespace muster::kube
