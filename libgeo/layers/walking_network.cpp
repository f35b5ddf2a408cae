// SPDX-License-Identifier: Apache-2.0
#include "libgeo/layers/walking_network.h"

#include <fmt/format.h>

#include <algorithm>

#include "libgeo/base/errors.h"
#include "libgeo/base/text.h"
#include "libgeo/geometry/planar_noding.h"
#include "libgeo/layers/network_cache.h"
#include "libgeo/layers/network_checks.h"
#include "libgeo/layers/walking_repeats.h"
#include "libgeo/layers/walking_rows.h"

namespace geo {
namespace {

constexpr double kMostAccess = 100.0;

std::string at_line(const Study& study, int line) { return fmt::format("{}:{}: ", study.file, line); }

/// What one layer says of the whole network, and the layer that said it first.
struct Agreed {
    StreetTopology topology = StreetTopology::endpoints;
    const LayerSpec* by = nullptr;
    Metres snap{0.01};
    const LayerSpec* snap_by = nullptr;
};

void agree_on_topology(const Study& study, const WalkedLayer& layer, Agreed& agreed) {
    const LayerSpec& spec = *layer.spec;
    const std::string where = at_line(study, spec.streets.topology_line) + "topology: ";
    if (!layer.topology)
        throw UsageError(fmt::format(
            "{}is missing for the streets of {}; say \"endpoints\" where lines meet at their ends (Ordnance Survey), "
            "\"shared-vertices\" where they meet at any vertex that they have in common (OpenStreetMap), \"planar\" "
            "where they are a drawing and meet wherever they cross",
            where, printable(spec.name)));
    if (agreed.by == nullptr) agreed.by = &spec, agreed.topology = *layer.topology;
    if (*layer.topology == agreed.topology) return;
    throw UsageError(fmt::format(
        "{}{} is read as {}, and {} as {}; all layers of streets are one network and need one topology", where,
        printable(spec.name), word(*layer.topology), printable(agreed.by->name), word(agreed.topology)));
}

void agree_on_snap(const Study& study, const LayerSpec& spec, Agreed& agreed) {
    if (!spec.streets.snap) return;
    if (agreed.snap_by == nullptr) agreed.snap_by = &spec, agreed.snap = *spec.streets.snap;
    if (*spec.streets.snap == agreed.snap) return;
    throw UsageError(fmt::format(
        "{}snap: {} says {} m, and {} {} m; all layers of streets are one network and need one",
        at_line(study, spec.streets.snap_line), printable(spec.name), format_shortest(spec.streets.snap->value),
        printable(agreed.snap_by->name), format_shortest(agreed.snap.value)));
}

Agreed agree(const Study& study, const std::vector<WalkedLayer>& layers) {
    Agreed agreed;
    for (const WalkedLayer& layer : layers) {
        agree_on_topology(study, layer, agreed);
        agree_on_snap(study, *layer.spec, agreed);
    }
    return agreed;
}

Topology topology_of(StreetTopology topology) {
    return topology == StreetTopology::shared_vertices ? Topology::shared_vertices : Topology::endpoints;
}

/// What the network as a whole shows is said of the layers together.
class Teller {
  public:
    Teller(const std::vector<WalkedLayer>& layers, Issues& issues) : issues_(issues) {
        std::vector<std::string> names, files;
        for (const WalkedLayer& layer : layers) {
            names.push_back(layer.spec->name);
            files.push_back(layer.file.file);
        }
        layer_ = fmt::format("{}", fmt::join(names, " + "));
        file_ = fmt::format("{}", fmt::join(files, " + "));
    }
    const std::string& name() const { return layer_; }

    void say(const char* code, const std::string& message, const std::string& action, const Point* at = nullptr) {
        Issue issue;
        issue.layer = layer_;
        issue.file = file_;
        issue.code = code;
        issue.message = message;
        issue.action = action;
        if (at != nullptr) issue.x = at->x, issue.y = at->y, issue.has_place = true;
        issues_.add(std::move(issue));
    }

  private:
    Issues& issues_;
    std::string layer_, file_;
};

std::string share_words(double outside) { return format_fixed(100.0 * (1.0 - outside), 1) + " %"; }

std::string parts_words(const Joined& joined) {
    return fmt::format("{}, the largest with {} of the junctions", counted(joined.parts, "part"),
                       share_words(joined.outside));
}

/// Ends alone leave the lines of OpenStreetMap in pieces: nothing of such a network is to be trusted.
void expect_right_guess(const Study& study, const Agreed& agreed, const StreetNetwork& network, Teller& teller) {
    const Joined as_read = joined(network);
    if (as_read.outside <= kTooManyOutside) return;
    if (agreed.topology == StreetTopology::endpoints) {
        const Joined otherwise =
            joined(StreetNetwork(network.lines().shapes(), {Topology::shared_vertices, agreed.snap.value}));
        if (is_wrong_guess(as_read, otherwise))
            throw UsageError(fmt::format(
                "{}topology: joined at their ends only (endpoints), the streets of {} fall into {}; joined at every "
                "vertex that they share, into {}; say topology = \"shared-vertices\"",
                at_line(study, agreed.by->streets.topology_line), printable(teller.name()), parts_words(as_read),
                parts_words(otherwise)));
    }
    teller.say("streets-in-parts",
               fmt::format("joined by {}, the streets fall into {}", word(agreed.topology), parts_words(as_read)),
               "there is no walk from one part to another; see whether links are missing or the topology is another");
}

/// Issues of one kind each have their own place, to be put on a map; of very many the first are listed.
constexpr std::size_t kListed = 1000;
std::string one_of(std::size_t all) {
    if (all <= kListed) return {};
    return fmt::format(" (one of {}, of which {} are listed)", grouped(all), grouped(kListed));
}

void say_gaps(const StreetNetwork& network, double snap_m, Teller& teller) {
    const std::vector<Gap> gaps = gaps_of(network);
    for (std::size_t i = 0; i < std::min(gaps.size(), kListed); ++i) {
        const Gap& gap = gaps[i];
        const std::string lies = gap.metres <= snap_m
                                     ? "lies on another street without a junction"
                                     : fmt::format("stops {} m short of another street", format_fixed(gap.metres, 2));
        teller.say("street-gap",
                   fmt::format("the end of a street at ({}, {}) {}{}", format_fixed(gap.end.x, 1),
                               format_fixed(gap.end.y, 1), lies, one_of(gaps.size())),
                   "left as it is: walks go round", &gap.end);
    }
}

void mark_small_parts(WalkingNetwork& walking, Teller& teller) {
    const SmallParts small = small_parts_of(walking.network);
    walking.small_parts = small.parts.size();
    walking.small_parts_mm = small.millimetres;
    for (std::uint32_t link = 0; link < walking.network.links(); ++link)
        if (small.is_small[walking.network.component_of_link(link)] != 0) walking.usable[link] = 0;
    for (std::size_t i = 0; i < std::min(small.parts.size(), kListed); ++i) {
        const auto& [place, millimetres] = small.parts[i];
        teller.say(
            "small-part",
            fmt::format("a part of the streets at ({}, {}), {} m in all, is joined to nothing else{}",
                        format_fixed(place.x, 1), format_fixed(place.y, 1), format_fixed(in_metres(millimetres), 0),
                        one_of(small.parts.size())),
            fmt::format("kept, but nothing begins or ends in parts under {} m: the nearest other street is taken",
                        format_shortest(kSmallPart)),
            &place);
    }
}

/// The first of lines that stand twice is used; the others are ruled out.
void rule_out_repeats(WalkedLines& lines, std::vector<WalkedLayer>& layers, Issues& issues) {
    const std::vector<Repeats> repeats = drop_repeats(lines, layers.size());
    for (std::size_t i = 0; i < layers.size(); ++i) {
        if (repeats[i].lines == 0) continue;
        WalkedLayer& layer = layers[i];
        layer.account.used -= repeats[i].lines;
        layer.account.ruled_out += repeats[i].lines;
        layer.file.rows_used -= repeats[i].lines;
        layer.file.rows_ruled_out += repeats[i].lines;
        Issue issue;
        issue.layer = layer.spec->name;
        issue.file = layer.file.file;
        issue.code = "repeated-lines";
        issue.message = fmt::format("{} the same way as {}, in this file or in an earlier one",
                                    counted(repeats[i].lines, "line runs", "lines run"),
                                    repeats[i].lines == 1 ? "another" : "others");
        issue.action = "each way is used once";
        issue.x = repeats[i].first.x, issue.y = repeats[i].first.y, issue.has_place = true;
        issues.add(std::move(issue));
    }
}

/// What a layer brings to the record: its file, and the table that said what can be walked.
void take_layer(WalkingNetwork& walking, WalkedLayer& layer, Issues& issues) {
    LayerFacts facts = std::move(layer.facts);
    facts.files.push_back(layer.file);
    if (layer.table) {
        FileRecord table;
        table.layer = layer.spec->name;
        const std::string& own = layer.spec->streets.walkable_file;
        table.file = own.empty() ? "walkable:" + layer.table->id() : own;
        table.sha256 = layer.table->sha256();
        table.bytes = layer.table->bytes();
        table.date = format_date(layer.table->date());
        facts.files.push_back(std::move(table));
        const std::string& id = layer.table->id();
        if (std::find(walking.filters.begin(), walking.filters.end(), id) == walking.filters.end())
            walking.filters.push_back(id);
    }
    walking.files.insert(walking.files.end(), facts.files.begin(), facts.files.end());
    walking.facts.push_back(std::move(facts));
    walking.rules.insert(walking.rules.end(), layer.rules.begin(), layer.rules.end());
    walking.lines += layer.account.used;
    walking.has_paths = walking.has_paths || layer.has_paths;
    const StreetSpec& streets = layer.spec->streets;
    if (streets.band && (!walking.band || walking.band->value < streets.band->value)) walking.band = streets.band;
    if (!layer.counted_before) issues.accounts().push_back(layer.account);
}

/// The largest that a layer states.
Metres most_access_of(const std::vector<WalkedLayer>& layers) {
    std::optional<double> most;
    for (const WalkedLayer& layer : layers)
        if (const auto& stated = layer.spec->streets.most_access) most = std::max(most.value_or(0.0), stated->value);
    return Metres{most.value_or(kMostAccess)};
}

/// Links of the network, and whether something may begin on each. The lines themselves are used up.
void build(WalkingNetwork& walking, WalkedLines& lines, const Agreed& agreed) {
    const NetworkOptions options{topology_of(agreed.topology), agreed.snap.value};
    std::vector<std::uint32_t> line_of_piece, line_of_link;
    if (agreed.topology == StreetTopology::planar)
        lines.shapes = noded(lines.shapes, lines.levels, line_of_piece, agreed.snap.value);
    std::vector<std::int32_t>().swap(lines.levels);  // of ten million lines a hundred megabytes, with their layers
    std::vector<std::uint32_t>().swap(lines.layer);
    walking.network = StreetNetwork(std::move(lines.shapes), options, &line_of_link);
    walking.usable.reserve(line_of_link.size());
    for (const std::uint32_t line : line_of_link)
        walking.usable.push_back(lines.usable[line_of_piece.empty() ? line : line_of_piece[line]]);
}

std::vector<WalkedLayer> read_streets(const LoadContext& context, WalkedLines& lines) {
    std::vector<WalkedLayer> layers;
    for (const LayerSpec& spec : context.study->layers)
        if (spec.kind == LayerKind::streets)
            layers.push_back(read_walked(context, spec, static_cast<std::uint32_t>(layers.size()), lines));
    return layers;
}

void expect_lines(const WalkedLines& lines, const Teller& teller) {
    if (lines.size() == 0)
        throw DataError(printable(teller.name()) +
                        ": no line can be walked, so that no walk can be measured; `cordon inspect` says what was left "
                        "out and why");
}

}  // namespace

std::unique_ptr<const WalkingNetwork> load_walking_network(const Study& study, const LoadOptions& options,
                                                           Issues& issues) {
    const NetworkCache cache(study, options, issues);
    if (auto kept = cache.read(issues)) return kept;
    const LoadContext context{&study, &options, &issues, options.study_area};
    WalkedLines lines;
    std::vector<WalkedLayer> layers = read_streets(context, lines);
    if (layers.empty()) return nullptr;
    const Agreed agreed = agree(study, layers);
    Teller teller(layers, issues);
    expect_lines(lines, teller);
    rule_out_repeats(lines, layers, issues);

    auto walking = std::make_unique<WalkingNetwork>();
    walking->name = teller.name();
    walking->topology = agreed.topology;
    walking->snap = agreed.snap;
    walking->most_access = most_access_of(layers);
    walking->has_paths = false;
    for (WalkedLayer& layer : layers) take_layer(*walking, layer, issues);
    build(*walking, lines, agreed);
    expect_right_guess(study, agreed, walking->network, teller);
    say_gaps(walking->network, agreed.snap.value, teller);
    mark_small_parts(*walking, teller);
    cache.keep(*walking, issues);
    return walking;
}

}  // namespace geo
