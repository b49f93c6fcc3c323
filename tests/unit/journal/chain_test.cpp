// Whatever happens to the bytes of a journal, it is noticed and the line is named.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/journal/sample_journal.hpp"

namespace muster {
namespace {

using samples::joined;
using samples::lines_of;
using samples::refusal;
using samples::refused_line;
using samples::replaced;
using samples::resealed;
using testing::HasSubstr;

TEST(Chain, AnUntouchedJournalIsRead) {
  const Result<Journal> journal = read_journal(samples::journal_text(), "j.jsonl");
  ASSERT_TRUE(journal) << journal.error().text();
  EXPECT_EQ(journal->records.size(), 19u);
  EXPECT_EQ(journal->header.seed, 18446744073709551615ull);
  EXPECT_EQ(journal->header.inputs.at(0).name, "scenario.yaml");
  EXPECT_EQ(journal->seal.records, 18u);
  for (std::size_t i = 0; i < journal->records.size(); ++i) EXPECT_EQ(journal->records[i].number, i);
  EXPECT_EQ(journal->records[1].fact<TrafficFact>()->ended(), 45u);
  EXPECT_EQ(journal->records[1].fact<TrafficFact>()->failed(), 4u);
  EXPECT_EQ(journal->records[1].fact<TrafficFact>()->latency.count(), 45u);
  EXPECT_EQ(journal->records[17].request()->clues.at(0), "pod/CrashLoopBackOff");
}

TEST(Chain, EverySingleBitFlipIsFoundAndLocated) {
  const std::string good = samples::journal_text();
  EXPECT_GT(good.size(), 4'000u);
  std::size_t line = 1;
  for (std::size_t byte = 0; byte < good.size(); ++byte) {
    for (int bit = 0; bit < 8; ++bit) {
      std::string bad = good;
      bad[byte] = static_cast<char>(bad[byte] ^ (1 << bit));
      const std::size_t found = refused_line(bad);
      EXPECT_TRUE(found == line || (good[byte] == '\n' && found == line + 1))
          << "byte " << byte << " bit " << bit << " in line " << line << ": said " << found;
    }
    if (good[byte] == '\n') ++line;
  }
}

TEST(Chain, EveryCutIsFoundAndLocated) {
  const std::string good = samples::journal_text();
  std::size_t line = 1;
  for (std::size_t size = 0; size < good.size(); ++size) {
    const std::string said = refusal(good.substr(0, size));
    const bool at_boundary = size > 0 && good[size - 1] == '\n';
    if (size == 0)
      EXPECT_THAT(said, HasSubstr("is empty"));
    else if (at_boundary)
      EXPECT_THAT(said, HasSubstr("not sealed"));
    else
      EXPECT_THAT(said, HasSubstr("was cut in record " + std::to_string(line - 1)));
    // A cut at a boundary is told of the last whole line.
    EXPECT_EQ(refused_line(good.substr(0, size)), at_boundary ? line - 1 : line) << size;
    if (good[size] == '\n') ++line;
  }
}

TEST(Chain, RecordsThatWereSwappedDoubledOrRemoved) {
  const std::vector<std::string> good = lines_of(samples::journal_text());
  for (std::size_t i = 0; i + 1 < good.size(); ++i) {
    std::vector<std::string> swapped = good, doubled = good, removed = good;
    std::swap(swapped[i], swapped[i + 1]);
    doubled.insert(doubled.begin() + static_cast<std::ptrdiff_t>(i), good[i]);
    removed.erase(removed.begin() + static_cast<std::ptrdiff_t>(i));
    EXPECT_EQ(refused_line(joined(swapped)), i + 1);
    EXPECT_EQ(refused_line(joined(doubled)), i + 2);
    EXPECT_EQ(refused_line(joined(removed)), i + 1);
  }
}

TEST(Chain, TheMessageNamesFileLineRecordByteAndWhat) {
  std::vector<std::string> lines = lines_of(samples::journal_text());
  const std::size_t byte = joined({lines.begin(), lines.begin() + 9}).size();
  std::string changed = samples::journal_text();
  changed[byte + 30] ^= 1;
  EXPECT_EQ(refusal(changed), "j.jsonl:10: record 9 (byte " + std::to_string(byte) +
                                  ") was changed: its text does not give its hash");
  lines.erase(lines.begin() + 9);
  EXPECT_EQ(refusal(joined(lines)), "j.jsonl:10: record 9 (byte " + std::to_string(byte) +
                                        ") is missing or was changed: in its place stands record 10");
}

TEST(Chain, NothingMayFollowTheSeal) {
  const std::string good = samples::journal_text();
  EXPECT_THAT(refusal(good + "\n"), HasSubstr("comes after the seal"));
  EXPECT_THAT(refusal(good + lines_of(good)[3] + "\n"), HasSubstr("comes after the seal"));
  EXPECT_EQ(refused_line(good + "x"), 20u);
}

TEST(Chain, OtherKindsOfFiles) {
  EXPECT_THAT(refusal("hello\n"), HasSubstr("is not the header of a journal"));
  EXPECT_THAT(refusal("hello"), HasSubstr("was cut in record 0"));
  EXPECT_THAT(refusal(std::string(1000, '\n')), HasSubstr("is not the header of a journal"));
}

// A forger who computes the chain anew still has to obey the format ...
TEST(Chain, AForgeryMustStillBeAJournal) {
  const std::string good = samples::journal_text();
  ASSERT_EQ(resealed(lines_of(good)), good);
  struct Forgery {
    const char* words;
    const char* instead;
    const char* said;
  };
  const Forgery forgeries[] = {
      {"\"n\":9,", "\"n\":8,", "is numbered 8"},
      {"\"t\":9000000000,", "\"t\":7000000000,", "is earlier than the record before it"},
      {"\"type\":\"intruder\"", "\"type\":\"visitor\"", "has an unknown type \"visitor\""},
      {"\"step\":\"T1552\"", "\"stop\":\"T1552\"", "has an unknown field \"stop\""},
      {"\"format\":1", "\"format\":2", "is of another format: version 2"},
      {"\"active\":true,\"step\"", "\"step\":\"x\",\"active\":true,\"step\"",
       "is not written as this format writes it"},
      {"\"atRisk\":true", "\"atRisk\": true", "is not written as this format writes it"},
      {"\"records\":18", "\"records\":17", "is a seal over 17 records, but 18 come before it"},
      {"\"type\":\"header\"", "\"type\":\"end\"", "unknown field"},
  };
  for (const Forgery& forgery : forgeries) {
    const std::string forged = resealed(lines_of(replaced(good, forgery.words, forgery.instead)));
    EXPECT_THAT(refusal(forged), HasSubstr(forgery.said)) << forgery.instead;
  }
}

TEST(Chain, TheSealMustNameTheHeadBeforeIt) {
  std::vector<std::string> lines = lines_of(samples::journal_text());
  std::string& seal = lines.back();
  seal = replaced(seal, "\"head\":\"" + lines[17].substr(lines[17].size() - 66, 64),
                  "\"head\":\"" + std::string(64, '1'));
  const std::string body = seal.substr(0, seal.find(",\"hash\""));
  seal = body + ",\"hash\":\"" + sha256_hex(lines[17].substr(lines[17].size() - 66, 64) + body) + "\"}";
  EXPECT_THAT(refusal(joined(lines)), HasSubstr("is a seal over another journal"));
}

TEST(Chain, ASecondHeaderIsRefused) {
  std::vector<std::string> lines = lines_of(samples::journal_text());
  lines[1] = replaced(lines[0], "\"n\":0", "\"n\":1");
  EXPECT_THAT(refusal(resealed(lines)), HasSubstr("is a second header"));
}

// ... and a chain alone cannot tell a careful forgery: that is what the signature is for
// (signature_test.cpp).
TEST(Chain, ACarefulForgeryIsReadButHasAnotherSeal) {
  const std::string good = samples::journal_text();
  const std::string forged = resealed(lines_of(replaced(good, "\"lostWrites\":17", "\"lostWrites\":10")));
  const Result<Journal> journal = read_journal(forged, "j.jsonl");
  ASSERT_TRUE(journal) << journal.error().text();
  EXPECT_NE(journal->seal.head, read_journal(good, "j.jsonl")->seal.head);
}

TEST(Chain, AnotherModelVersionIsReadFine) {
  Header header = samples::header();
  header.model = model_version + 1;
  const Result<Journal> journal = read_journal(samples::journal_text(header), "j.jsonl");
  ASSERT_TRUE(journal);
  EXPECT_EQ(journal->header.model, model_version + 1);
}

TEST(Chain, FilesThatCannotBeRead) {
  EXPECT_EQ(read_journal_file("/nonexistent/j.jsonl").error().text(), "/nonexistent/j.jsonl: no such file");
  EXPECT_EQ(read_journal_file("/").error().text(), "/: is a directory; expected a file");
}

}  // namespace
}  // namespace muster
