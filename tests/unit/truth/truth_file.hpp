// Expected values that nobody of this project wrote: tables of queueing theory, Kubernetes arithmetic and
// statistics in one JSON file. MUSTER_TRUTH_FILE names another file of the same form with other parameter
// points; without it
// ../shared/reference/queueing_truth.json beside the project is read, and where that is absent the tests say
// so.
#pragma once

#include <iosfwd>
#include <map>
#include <string>
#include <vector>

namespace muster {

/// One row of a table. Numbers of nested objects have dotted names: "service.mean", "expect.Wq",
/// "expect.t=0.5.E_N". An absent name reads as an assertion failure of the test, so a misspelt field is never
/// a silent zero.
struct TruthRow {
  std::string table;
  int number = 0;                                    ///< from 0
  std::map<std::string, double> numbers;             ///< booleans are 0 and 1; null is left out
  std::map<std::string, std::string> texts;          ///< "service.law"
  std::map<std::string, std::vector<double>> lists;  ///< "starts"; a matrix is given row after row

  double operator[](const std::string& name) const;
  int whole(const std::string& name) const;
  const std::vector<double>& list(const std::string& name) const;
  bool has(const std::string& name) const { return numbers.contains(name); }
  /// "mm1 row 2 {lam 8, mu 10}": for messages.
  std::string title() const;
};

/// How GoogleTest shows a row.
void PrintTo(const TruthRow& row, std::ostream* stream);

/// Empty with `why` set if there is no file (then the test is to be skipped) or no such table.
std::vector<TruthRow> truth_table(const std::string& table, std::string& why);

/// Value parameters of a GoogleTest suite; never empty, so that a missing file is one plainly skipped test:
/// the only row then has number -1 and says why in texts["why"].
std::vector<TruthRow> truth_rows(const std::string& table);

}  // namespace muster

/// First line of a test body that works on one row.
#define MUSTER_SKIP_WITHOUT_TRUTH(row) \
  if ((row).number < 0) GTEST_SKIP() << (row).texts.at("why")
