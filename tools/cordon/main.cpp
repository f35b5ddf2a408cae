// SPDX-License-Identifier: Apache-2.0
#include <malloc.h>

#include <csignal>
#include <memory>
#include <new>
#include <sstream>
#include <string_view>
#include <system_error>

#include "libgeo/base/text.h"
#include "libgeo/base/version.h"
#include "libgeo/report/run_record.h"
#include "libgeo/sources/output.h"
#include "tools/cordon/command.h"
#include "tools/cordon/shared.h"

namespace cordon {

const std::vector<Command>& commands() {
    static const std::vector<Command> list = {
        {"init", "Write a study that runs, to start from; recognises the files of a folder", declare_init},
        {"inspect", "What each layer of a study holds, and what is doubtful in it", declare_inspect},
        {"policies", "The catalogue of policies; one policy in plain words", declare_policies},
        {"check", "Verdicts on proposals: which breach a policy, why, and how sure that is", declare_check},
        {"zones", "Exclusion zones as map layers, and what share of area, units and outlets they cover", declare_zones},
        {"sweep", "What other limits, anchors and kinds of place would decide and cover; who flips", declare_sweep},
        {"density", "Outlets by area over time: counts, openings, closures, rates with intervals", declare_density},
        {"equity", "Outlets by deprivation: rates, gap, slope index; whether the gap closes", declare_equity},
        {"effect", "Before and after a policy, inside and outside its zones: did it change openings", declare_effect},
        {"concentrations", "Where several uses pile up: parades ranked, hot spots, density surfaces",
         declare_concentrations},
        {"map", "The interactive map: one HTML file that opens from disk and asks no server", declare_map},
        {"report", "The evidence sheet of one proposal; the commission pack of the whole study", declare_report},
        {"run", "The whole study into one folder: every answer above, figures, the pack, an index", declare_run},
    };
    return list;
}

namespace {

constexpr const char* kFooter =
    "`cordon COMMAND --help` says all about a command.\n"
    "\n"
    "Examples:\n"
    "  cordon init my-borough                             a study to start from\n"
    "  cordon inspect my-borough/study.toml               what the files hold\n"
    "  cordon check my-borough/study.toml                 verdicts, on the terminal\n"
    "  cordon check my-borough/study.toml --out all.csv   all of them\n"
    "\n";

std::string near_words(std::string_view word, const std::vector<std::string>& known) {
    const auto near = geo::nearest_word(word, known);
    return near ? "; did you mean " + *near + "?" : std::string();
}

// CLI11 would read an unknown command as a stray argument; this names the nearest one.
void expect_known_command(int argc, char** argv) {
    std::vector<std::string> names;
    for (const Command& command : commands()) names.emplace_back(command.name);
    if (argc < 2 || argv[1][0] == '-') return;
    const std::string word = argv[1];
    for (const std::string& name : names) {
        if (name == word) return;
    }
    throw geo::UsageError("unknown command " + geo::printable(word) + near_words(word, names) +
                          " (`cordon --help` lists the commands)");
}

/// `cordon check --help`
std::string help_of(const CLI::App& app) {
    return (app.get_parent() == nullptr ? "`" : "`cordon ") + app.get_name() + " --help`";
}

void expect_known_options(const CLI::App& app) {
    std::vector<std::string> names;
    for (const CLI::Option* option : app.get_options()) {
        for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
    }
    for (const std::string& argument : app.remaining()) {
        if (argument.size() < 2 || argument[0] != '-') continue;
        const std::string name = argument.substr(0, argument.find('='));
        throw geo::UsageError("unknown option " + geo::printable(name) + near_words(name, names) + " (" + help_of(app) +
                              ")");
    }
}

void expect_nothing_left(const CLI::App& app) {
    expect_known_options(app);
    const std::vector<std::string> left = app.remaining();
    if (!left.empty())
        throw geo::UsageError("unexpected argument " + geo::printable(left.front()) + " (" + help_of(app) + ")");
}

void print_version() {
    std::string text = std::string("cordon ") + geo::kVersion + "\n";
    for (const std::string& library : geo::library_versions()) text += library + "\n";
    print(text);
}

int run(int argc, char** argv) {
    CLI::App app("Which proposed outlets breach a planning policy, why, and how sure that is.", "cordon");
    bool version = false;
    app.add_flag("--version", version, "The version of cordon and of the libraries it uses");
    app.footer(std::string(kFooter) + kExitStatusesAndBreach);
    std::vector<std::pair<CLI::App*, Run>> runs;
    for (const Command& command : commands()) {
        CLI::App* one = app.add_subcommand(command.name, command.line);
        one->allow_extras();
        runs.emplace_back(one, command.declare(*one));
    }
    app.allow_extras();
    try {
        expect_known_command(argc, argv);
        app.parse(argc, argv);
    } catch (const CLI::CallForHelp& help) {
        std::ostringstream text;
        const int status = app.exit(help, text, text);
        print(text.str());
        return status;
    } catch (const CLI::ParseError& error) {
        std::string command;
        for (const auto& [one, do_run] : runs) {
            if (!one->parsed() && (argc < 2 || one->get_name() != argv[1])) continue;
            command = one->get_name();
            expect_known_options(*one);  // a slip of the hand, for which another option is missing
        }
        throw geo::UsageError((command.empty() ? "" : command + ": ") + error.what() + " (`cordon " + command +
                              (command.empty() ? "" : " ") + "--help`)");
    }
    if (version) {
        print_version();
        return 0;
    }
    for (const auto& [one, do_run] : runs) {
        if (!one->parsed()) continue;
        expect_nothing_left(*one);
        return static_cast<int>(do_run());
    }
    expect_nothing_left(app);
    say(app.help());
    return static_cast<int>(geo::ExitStatus::usage);
}

/// std::thread and oneTBB say it each in their way.
bool is_want_of_threads(const std::exception& error) {
    const auto* system = dynamic_cast<const std::system_error*>(&error);
    return (system != nullptr && system->code() == std::errc::resource_unavailable_try_again) ||
           std::string_view(error.what()).find("pthread_create") != std::string_view::npos;
}

}  // namespace
}  // namespace cordon

int main(int argc, char** argv) {
    cordon::hold_standard_streams();
    geo::remove_temporaries_on_signals();
    // A closed pipe is an error that is reported, so that files under way are cleared up.
    static_cast<void>(std::signal(SIGPIPE, SIG_IGN));
    static_cast<void>(std::signal(SIGXFSZ, SIG_IGN));  // so is a limit on the size of files
    // glibc raises this by itself to 32 MB, and columns that were outgrown then stay with the process.
    mallopt(M_MMAP_THRESHOLD, 4 << 20);
    try {
        return cordon::run(argc, argv);
    } catch (const geo::ReaderGone&) {
        return static_cast<int>(geo::ExitStatus::data);
    } catch (const geo::Error& error) {
        cordon::say(std::string("cordon: ") + error.what());
        return static_cast<int>(error.status());
    } catch (const std::bad_alloc&) {
        cordon::say("cordon: not enough memory");
    } catch (const std::exception& error) {
        if (cordon::is_want_of_threads(error)) {
            cordon::say("cordon: the machine gives no more threads: not enough memory, or a limit (`ulimit -u`)");
            return static_cast<int>(geo::ExitStatus::data);
        }
        cordon::say(std::string("cordon: a fault in cordon itself: ") + error.what());
    }
    return static_cast<int>(geo::ExitStatus::data);
}
