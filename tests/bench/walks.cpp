// SPDX-License-Identifier: Apache-2.0
//
// The search of a walking distance by itself, for scripts/bench --walking: bench_walks STUDY ENTRANCES.csv PROPOSALS.csv LIMIT_M RUNS.
// Loads the study's streets and the index of their links, finds where entrances and proposals join them, then times the search and the answers, all on one thread.
// The last line is JSON.
#include <sys/resource.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdint>
#include <fstream>
#include <iostream>
#include <span>
#include <sstream>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <fmt/core.h>

#include "libgeo/geometry/walking.h"
#include "libgeo/layers/study.h"
#include "libgeo/layers/walking_network.h"

namespace {

/// Seconds by the clock and of all threads.
struct Spent {
    double wall = 0, cpu = 0;
};

class Watch {
  public:
    Watch() : wall_(std::chrono::steady_clock::now()), cpu_(cpu()) {}
    Spent spent() const {
        return {std::chrono::duration<double>(std::chrono::steady_clock::now() - wall_).count(), cpu() - cpu_};
    }

  private:
    static double cpu() {
        rusage used{};
        getrusage(RUSAGE_SELF, &used);
        const auto seconds = [](const timeval& t) {
            return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6;
        };
        return seconds(used.ru_utime) + seconds(used.ru_stime);
    }
    std::chrono::steady_clock::time_point wall_;
    double cpu_;
};

/// A line of /proc/self/status in MB.
double memory_mb(const std::string& name) {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);) {
        if (line.rfind(name + ":", 0) == 0) return std::stod(line.substr(name.size() + 1)) / 1024;
    }
    return 0;
}

double number(const std::string& text) {
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size()) throw std::runtime_error("no number: " + text);
    return value;
}

struct Row {
    std::uint32_t id = 0;
    geo::Point at;
};

/// `id,x,y` under a header.
std::vector<Row> rows(const std::string& path) {
    std::ifstream file(path);
    if (!file) throw std::runtime_error(path + " cannot be read");
    std::vector<Row> found;
    std::string line;
    std::getline(file, line);
    while (std::getline(file, line)) {
        std::istringstream cells(line);
        std::string id, x, y;
        std::getline(cells, id, ',');
        std::getline(cells, x, ',');
        std::getline(cells, y);
        found.push_back({static_cast<std::uint32_t>(number(id)), {number(x), number(y)}});
    }
    return found;
}

struct Answer {
    std::uint64_t within = 0, sum_mm = 0;
};

Answer answer(const geo::NearestWalks& walks, const std::vector<geo::NetworkPosition>& proposals) {
    Answer found;
    for (const geo::NetworkPosition& at : proposals) {
        if (!at) continue;
        if (const geo::Walk walk = walks.nearest(at)) {
            ++found.within;
            found.sum_mm += walk.total;
        }
    }
    return found;
}

Spent middle(std::vector<Spent> runs) {
    const auto by = [](auto figure) {
        return [figure](const Spent& a, const Spent& b) { return figure(a) < figure(b); };
    };
    const auto half = runs.begin() + static_cast<std::ptrdiff_t>(runs.size() / 2);
    std::nth_element(runs.begin(), half, runs.end(), by([](const Spent& s) { return s.wall; }));
    const double wall = half->wall;
    std::nth_element(runs.begin(), half, runs.end(), by([](const Spent& s) { return s.cpu; }));
    return {wall, half->cpu};
}

struct Asked {
    std::vector<geo::WalkStart> starts;
    std::vector<geo::NetworkPosition> proposals;
};

Asked positions(const geo::NetworkPositions& find, double most_m, const std::vector<Row>& entrances,
                const std::vector<Row>& proposals) {
    Asked asked;
    for (const Row& row : entrances) {
        if (const auto at = find.find(row.at, most_m)) asked.starts.push_back({*at, row.id});
    }
    asked.proposals.reserve(proposals.size());
    for (const Row& row : proposals)
        asked.proposals.push_back(find.find(row.at, most_m).value_or(geo::NetworkPosition{}));
    return asked;
}

void run(const std::vector<std::string>& words) {
    const Watch loading;
    geo::Issues issues;
    const geo::Study study = geo::read_study(words.at(0));
    geo::LoadOptions options;
    options.walking = true;
    const auto walking = geo::load_walking_network(study, options, issues);
    if (!walking) throw std::runtime_error("the study has no streets");
    const geo::NetworkPositions find(walking->network, walking->usable);
    const Spent loaded = loading.spent();
    const double loading_peak = memory_mb("VmHWM"), network = memory_mb("VmRSS");

    const std::vector<Row> entrances = rows(words.at(1)), proposals = rows(words.at(2));
    const Watch joining;
    Asked asked = positions(find, walking->most_access.value, entrances, proposals);
    const Spent joined = joining.spent();
    const geo::WalkStarts starts(std::move(asked.starts));
    const auto limit = static_cast<geo::Millimetres>(number(words.at(3)) * 1000);
    std::vector<Spent> searches, answers;
    Answer found;
    for (int turn = 0; turn < static_cast<int>(number(words.at(4))); ++turn) {
        const Watch searching;
        const geo::NearestWalks walks(walking->network, starts, limit);
        searches.push_back(searching.spent());
        const Watch answering;
        found = answer(walks, asked.proposals);
        answers.push_back(answering.spent());
    }
    const Spent search = middle(searches), answered = middle(answers);
    fmt::print(
        "@@ {{\"nodes\": {}, \"links\": {}, \"starts\": {}, \"rows\": {}, \"load\": {}, \"load_cpu\": {}, "
        "\"load_peak\": {}, \"join\": {}, \"join_cpu\": {}, "
        "\"search\": {}, \"search_cpu\": {}, \"answers\": {}, \"answers_cpu\": {}, \"within\": {}, \"sum\": {}, "
        "\"peak\": {}, \"network_mb\": {}, \"now\": {}}}\n",
        walking->network.nodes(), walking->network.links(), starts.size(), asked.proposals.size(), loaded.wall,
        loaded.cpu, loading_peak, joined.wall, joined.cpu, search.wall, search.cpu, answered.wall, answered.cpu,
        found.within, static_cast<double>(found.sum_mm) / 1000, memory_mb("VmHWM"), network, memory_mb("VmRSS"));
}

}  // namespace

int main(int count, char** words) {
    try {
        const std::span<char*> all(words, static_cast<std::size_t>(count));
        run({all.begin() + 1, all.end()});
    } catch (const std::exception& problem) {
        std::cerr << "bench_walks: " << problem.what() << '\n';
        return 1;
    }
    return 0;
}
