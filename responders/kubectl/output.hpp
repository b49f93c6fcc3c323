// The output formats that take objects as they are (-o yaml, json, name, jsonpath, custom-columns), and the
// line a command prints about what it did.
#pragma once

#include "responders/kubectl/targets.hpp"

namespace muster {

/// -o; --template without it means go-template.
std::string output_format(const KubectlCall& call);
/// Nothing wrong with -o; else kubectl's text is printed, or the format refused. `tables`: -o wide exists.
bool output_is_known(KubectlCall& call, bool tables);
/// The value in the format that -o names: yaml, json, jsonpath..., custom-columns... .
void print_value(KubectlCall& call, const JsonValue& value);
/// managedFields are hidden, as kubectl hides them unless --show-managed-fields.
JsonValue shown_object(const KubectlCall& call, JsonValue object);

enum class DryRun : std::uint8_t { none, client, server };
/// --dry-run. Prints what is wrong with it, and gives nothing then.
std::optional<DryRun> dry_run_of(KubectlCall& call);
/// "&dryRun=All" in front of which "?" or "&" is set as `path` needs it, if it is a dry run on the server.
std::string with_dry_run(std::string path, DryRun dry_run);

/// "deployment.apps/x scaled", or the object with -o; "(dry run)" behind it.
void print_done(KubectlCall& call, const Target& target, std::string_view done,
                DryRun dry_run = DryRun::none);

/// -o custom-columns=HEADER:PATH,... as a table. Error: kubectl's text.
Result<std::string> custom_columns(std::string_view spec, const std::vector<const JsonValue*>& objects,
                                   bool headers);

}  // namespace muster
