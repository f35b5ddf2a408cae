// SPDX-License-Identifier: Apache-2.0
#include <filesystem>
#include <memory>

#include "libgeo/base/text.h"
#include "libgeo/layers/recognise.h"
#include "libgeo/sources/output.h"
#include "tools/cordon/command.h"
#include "tools/cordon/example_study.h"
#include "tools/cordon/shared.h"

namespace cordon {
namespace {

namespace fs = std::filesystem;

// Hidden files are nobody's data.
bool holds_nothing(const fs::path& folder) {
    std::error_code error;
    if (!fs::exists(folder, error)) return true;
    if (!fs::is_directory(folder, error)) throw geo::UsageError(geo::printable(folder.string()) + ": is not a folder");
    for (const fs::directory_entry& entry : fs::directory_iterator(folder, error)) {
        if (entry.path().filename().string().front() != '.') return false;
    }
    if (error) throw geo::EnvironmentError(geo::printable(folder.string()) + ": cannot be read: " + error.message());
    return true;
}

fs::path write_example(const fs::path& folder) {
    std::error_code error;
    fs::create_directories(folder, error);
    if (error) throw geo::EnvironmentError(geo::printable(folder.string()) + ": cannot be made: " + error.message());
    std::vector<geo::OutputFile> files;
    for (const auto& [name, text] : kExampleStudy) {
        files.emplace_back(folder / name, false);
        files.back().write(text);
    }
    for (geo::OutputFile& file : files) file.commit();
    return folder / kExampleStudy[0].first;
}

geo::ExitStatus run_init(const fs::path& folder, const std::string& policy) {
    std::vector<std::string> remarks;
    const bool example = holds_nothing(folder);
    if (example && !policy.empty()) {
        throw geo::UsageError("--policy goes with a folder that holds data; " + geo::printable(folder.string()) +
                              " is empty and gets an example with a policy of its own");
    }
    const fs::path study = example ? write_example(folder) : geo::write_study(folder, policy, remarks);
    std::string text =
        geo::printable(study.string(), 400) + (example ? ": an invented example to start from" : "") + "\n";
    for (const std::string& remark : remarks) text += "  " + geo::printable(remark, 400) + "\n";
    text += "\nNext:\n  cordon inspect " + study.string() + "\n";
    if (!example && policy.empty())
        text += "  cordon policies                 # choose one, and name it in `policies = […]` or by --policy\n";
    text += "  cordon check " + study.string() + "\n";
    print(text);
    return geo::ExitStatus::finished;
}

}  // namespace

Run declare_init(CLI::App& app) {
    struct Options {
        std::string folder, policy;
    };
    const auto options = std::make_shared<Options>();
    app.add_option("DIR", options->folder, "A folder with your files; or an empty or new one for an example")
        ->required()
        ->type_name("");
    app.add_option("--policy", options->policy, "A policy to put in: a file, or an id of `cordon policies`")
        ->type_name("FILE|ID")
        ->allow_extra_args(false);
    app.footer(std::string("Writes DIR/study.toml. Where DIR holds data, each file is recognised by its columns "
                           "(schools register, hygiene\n"
                           "register, greenspace, boundaries, planning exports, …) and bound to a layer; what was not "
                           "recognised is said.\n"
                           "An empty or new DIR gets a small invented example with its data, with comments. Nothing is "
                           "overwritten.\n\n"
                           "Examples:\n"
                           "  cordon init my-borough\n"
                           "  cordon init /data/planning --policy waltham-forest-hft-2009\n\n") +
               kExitStatuses);
    return [options] { return run_init(options->folder, options->policy); };
}

}  // namespace cordon
