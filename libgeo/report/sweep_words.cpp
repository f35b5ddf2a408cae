// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "libgeo/base/text.h"
#include "libgeo/report/layout.h"
#include "libgeo/report/sweep_answer.h"

namespace geo {
namespace {

constexpr double kHectare = 10'000.0, kPerCent = 100.0;
constexpr std::size_t kAllSentences = 12;

std::uint64_t of(const ResultCounts& counts, Result result) { return counts[static_cast<std::size_t>(result)]; }
std::uint64_t units_left(const SweepCounts& counts) {
    return of(counts.units, Result::clear) + of(counts.units, Result::exempt);
}

/// One variant, with all that is said of it.
class Variant {
  public:
    Variant(const SweepFacts& facts, std::size_t number)
        : facts_(facts),
          number_(number),
          variant_(facts.plan->variants[number]),
          line_(facts.plan->lines[variant_.line]) {
        const SweepVariant& adopted = facts.plan->adopted_of(variant_.line);
        adopted_number_ = static_cast<std::size_t>(&adopted - facts.plan->variants.data());
    }

    const SweepVariant& variant() const { return variant_; }
    const SweepCounts& counts() const { return facts_.tally->counts[number_]; }
    const SweepCounts& adopted() const { return facts_.tally->counts[adopted_number_]; }
    const SweepVariant& adopted_variant() const { return facts_.plan->variants[adopted_number_]; }
    const Policy& policy() const { return facts_.plan->policies[line_.policy]; }
    std::string status() const { return policy().status == Policy::Status::emerging ? "drafted" : "adopted"; }
    std::string metres() const { return format_shortest(variant_.limit) + " m"; }

    std::uint64_t tested() const { return facts_.tally->proposals - of(counts().policy, Result::not_applicable); }

    /// `30.9 %`, `412.3 ha` where the study states no area; empty: not drawn.
    static std::string share(const SweepFacts& facts, std::size_t number) {
        if (facts.zones == nullptr || std::isnan(facts.zones->zones[number].policy_m2)) return {};
        const double zone = facts.zones->zones[number].policy_m2, area = facts.zones->study_area_m2;
        return std::isnan(area) ? format_fixed(zone / kHectare, 1) + " ha"
                                : format_fixed(zone / area * kPerCent, 1) + " %";
    }

    std::string sentence() const {
        std::string words = where() + fmt::format("{} of {} would breach", grouped(of(counts().policy, Result::breach)),
                                                  counted(tested(), "application"));
        if (!variant_.adopted) words += ", " + change() + decided();
        words +=
            fmt::format(". Beside them {} borderline and {} unknown.", grouped(of(counts().policy, Result::borderline)),
                        grouped(of(counts().policy, Result::unknown)));
        return words + compared() + covered();
    }

  private:
    /// `At 300 m `, `FH1, entrances: at 300 m `, `As adopted, at 400 m, `.
    std::string where() const {
        const bool one = facts_.plan->lines.size() == 1;
        const std::string line = one ? std::string() : line_words(facts_, variant_.line, true) + ": ";
        if (variant_.adopted) return fmt::format("{}{} {}, at {}, ", line, one ? "As" : "as", status(), metres());
        return fmt::format("{}{} {} ", line, one ? "At" : "at", metres());
    }

    std::string change() const {
        const std::uint64_t now = of(counts().policy, Result::breach), then = of(adopted().policy, Result::breach);
        const std::string other = line_.adopted ? fmt::format("at {} m", format_shortest(adopted_variant().limit))
                                                : fmt::format("under the rule as {} ({} m from the {}{})", status(),
                                                              format_shortest(adopted_variant().limit),
                                                              word(adopted_line().from), on_foot(adopted_line()));
        if (now == then) return "as many as " + other;
        return now > then ? fmt::format("{} more than {}", grouped(now - then), other)
                          : fmt::format("{} fewer than {}", grouped(then - now), other);
    }

    const SweepLine& adopted_line() const { return facts_.plan->lines[adopted_variant().line]; }
    /// Said where lines differ in it.
    std::string on_foot(const SweepLine& line) const {
        if (line.by == line_.by) return {};
        return line.by == By::walking ? " on foot" : " in a straight line";
    }

    /// ` 37 of 281 that breach this rule in a straight line are within 400 m only as the crow flies; …`
    std::string compared() const {
        const std::vector<SweepPair>& pairs = facts_.plan->pairs;
        const auto pair =
            std::find_if(pairs.begin(), pairs.end(), [&](const SweepPair& p) { return p.walking == number_; });
        const Comparator asked = policy().rules[line_.rule].breach.comparator;
        if (pair == pairs.end() || (asked != Comparator::at_most && asked != Comparator::below)) return {};
        const WalkCompared& of_them = facts_.tally->compared[static_cast<std::size_t>(pair - pairs.begin())];
        if (of_them.straight == 0) return {};
        std::string words = fmt::format(
            " {} of {} that breach the rule in a straight line {} only within {} as the crow flies: on foot {} clear "
            "of it.",
            grouped(of_them.farther), grouped(of_them.straight), of_them.farther == 1 ? "is" : "are", metres(),
            of_them.farther == 1 ? "it is" : "they are");
        if (of_them.borderline + of_them.unknown > 0)
            words += fmt::format(" Of the others {} {} borderline on foot and {} unknown.", grouped(of_them.borderline),
                                 of_them.borderline == 1 ? "is" : "are", grouped(of_them.unknown));
        return words;
    }

    std::string decided() const {
        std::string words;
        if (counts().granted_to_breach > 0)
            words += fmt::format("; {} that {} granted would breach", grouped(counts().granted_to_breach),
                                 counts().granted_to_breach == 1 ? "was" : "were");
        if (counts().refused_to_clear > 0)
            words += fmt::format("; {} that {} refused would be clear", grouped(counts().refused_to_clear),
                                 counts().refused_to_clear == 1 ? "was" : "were");
        return words;
    }

    std::string covered() const {
        std::string words;
        const std::string now = share(facts_, number_), then = share(facts_, adopted_number_);
        if (!now.empty())
            words = fmt::format(
                " A proposal would breach in {}{}{}", now, now.ends_with("%") ? " of the study area" : "",
                variant_.adopted || then.empty() ? std::string() : fmt::format(" ({} as {})", then, status()));
        if (facts_.tally->units > 0)
            words += fmt::format("{} {} of {} would be clear or exempt", words.empty() ? "" : ";",
                                 grouped(units_left(counts())),
                                 counted(facts_.tally->units, "unit of frontages", "units of frontages"));
        return words.empty() ? words : words + ".";
    }

    const SweepFacts& facts_;
    std::size_t number_, adopted_number_ = 0;
    const SweepVariant& variant_;
    const SweepLine& line_;
};

/// The variant of each rule as it stands first, then the others in their order.
std::vector<std::size_t> in_order(const SweepPlan& plan) {
    std::vector<std::size_t> order;
    for (const bool adopted : {true, false})
        for (std::size_t v = 0; v < plan.variants.size(); ++v)
            if (plan.variants[v].adopted == adopted) order.push_back(v);
    return order;
}

/// Of many variants those that stand next to the rule's own limit, on each line.
bool is_near(const SweepPlan& plan, std::size_t v) {
    const SweepVariant& variant = plan.variants[v];
    if (variant.adopted) return true;
    const double own = plan.adopted_of(variant.line).limit;
    for (std::size_t other = 0; other < plan.variants.size(); ++other) {
        const SweepVariant& between = plan.variants[other];
        if (other == v || between.line != variant.line) continue;
        const bool nearer = std::abs(between.limit - own) < std::abs(variant.limit - own);
        if (nearer && (between.limit < own) == (variant.limit < own) && between.limit != own) return false;
    }
    return true;
}

std::string decisions_note(const SweepTally& tally) {
    const auto number = [&](Decision decision) { return tally.by_decision[static_cast<std::size_t>(decision)]; };
    if (number(Decision::unstated) == tally.proposals)
        return "The applications state no decisions (column `decision`), so which of them would turn out otherwise is "
               "not told apart by what was decided.";
    std::string words = fmt::format("Decisions: {} granted, {} refused", grouped(number(Decision::granted)),
                                    grouped(number(Decision::refused)));
    if (number(Decision::other) > 0) {
        std::vector<std::string> examples;
        for (const auto& [text, count] : tally.not_understood)
            if (examples.size() < 3) examples.push_back(printable(text, 40));
        words += fmt::format(", {} neither ({}{})", grouped(number(Decision::other)), join_words(examples, ", "),
                             tally.not_understood.size() > examples.size() ? ", …" : "");
    }
    if (number(Decision::unstated) > 0) words += fmt::format(", {} not stated", grouped(number(Decision::unstated)));
    return words + ". What else weighed in a decision is not known here.";
}

/// Which columns the terminal's tables have.
struct Shown {
    explicit Shown(const SweepFacts& facts)
        : zones(facts.zones != nullptr),
          shares(zones && std::isfinite(facts.zones->study_area_m2)),
          units(facts.tally->units > 0) {}
    bool zones, shares, units;
};

TextTable empty_table(const Shown& shown) {
    TextTable table;
    table.column("limit", true);
    table.column("");
    for (const char* name : {"breach", "change", "borderline", "unknown", "clear", "exempt", "granted", "refused"})
        table.column(name, true);
    if (shown.zones) table.column(shown.shares ? "zone %" : "zone ha", true);
    if (shown.shares) table.column("left ha", true);
    if (shown.units) table.column("units left", true);
    table.row({"", "", "", "", "", "", "", "", "to breach", "to clear"});
    return table;
}

std::vector<std::string> cells_of(const SweepFacts& facts, std::size_t v, const Shown& shown) {
    const Variant variant(facts, v);
    const SweepCounts& counts = variant.counts();
    const auto change = static_cast<std::int64_t>(of(counts.policy, Result::breach)) -
                        static_cast<std::int64_t>(of(variant.adopted().policy, Result::breach));
    std::vector<std::string> cells = {variant.metres(), variant.variant().adopted ? "*" : ""};
    cells.push_back(grouped(of(counts.policy, Result::breach)));
    cells.push_back(change == 0 ? "0" : fmt::format("{:+}", change));
    for (const Result result : {Result::borderline, Result::unknown, Result::clear, Result::exempt})
        cells.push_back(grouped(of(counts.policy, result)));
    cells.push_back(grouped(counts.granted_to_breach));
    cells.push_back(grouped(counts.refused_to_clear));
    if (shown.zones) {
        const double zone = facts.zones->zones[v].policy_m2, area = facts.zones->study_area_m2;
        cells.push_back(format_fixed(shown.shares ? zone / area * kPerCent : zone / kHectare, 1));
        if (shown.shares) cells.push_back(format_fixed((area - zone) / kHectare, 1));
    }
    if (shown.units) cells.push_back(grouped(units_left(counts)));
    return cells;
}

void append_line(std::string& out, const SweepFacts& facts, std::uint32_t line, unsigned width) {
    const Shown shown(facts);
    TextTable table = empty_table(shown);
    for (std::size_t v = 0; v < facts.plan->variants.size(); ++v)
        if (facts.plan->variants[v].line == line) table.row(cells_of(facts, v, shown));
    out += '\n';
    append_wrapped(out, line_words(facts, line, false), width, "", 2);
    table.append(out, 2, width);
}

}  // namespace

std::vector<std::string> sweep_sentences(const SweepFacts& facts) {
    std::vector<std::string> sentences;
    for (const std::size_t v : in_order(*facts.plan)) sentences.push_back(Variant(facts, v).sentence());
    return sentences;
}

std::vector<std::string> sweep_notes(const SweepFacts& facts) {
    const SweepTally& tally = *facts.tally;
    std::vector<std::string> notes;
    const auto add = [&](std::string words) {
        if (std::find(notes.begin(), notes.end(), words) == notes.end()) notes.push_back(std::move(words));
    };
    add("Counts are verdicts of the whole policy with one rule read otherwise and its other rules as they are: what "
        "breaches another rule stays a breach. The columns rule_… are of the rule alone.");
    add(decisions_note(tally));
    for (const std::size_t v : in_order(*facts.plan)) {
        const Variant variant(facts, v);
        const std::uint64_t beside = tally.proposals - variant.tested();
        if (!variant.variant().adopted || beside == 0) continue;
        add(fmt::format("{} is not applicable to {} of {}: another use, another place, or not in force on the day{}.",
                        printable(variant.policy().id, 60), grouped(beside), counted(tally.proposals, "application"),
                        variant.tested() == 0 ? " (give --on to test them all as at one day)" : ""));
    }
    if (facts.zones != nullptr) {
        add(fmt::format(
            "Zones as at {} are drawings: no verdict rests on them. Hectares are {}.", format_date_long(facts.day),
            std::isfinite(facts.zones->study_area_m2) ? "within the study area"
                                                      : "of all that is drawn, since the study states no area"));
        for (const std::string& remark : facts.zones->remarks) add(remark);
    } else {
        add("Zones were not drawn (--no-zones).");
    }
    if (tally.units > 0)
        add(fmt::format(
            "Units left are units of frontages where a proposal would be clear or exempt under the whole policy, "
            "measured as at {}.",
            format_date_long(facts.day)));
    const std::vector<SweepLine>& lines = facts.plan->lines;
    if (std::any_of(lines.begin(), lines.end(), [](const SweepLine& line) { return line.by == By::walking; }))
        add("Limits are metres, in a straight line or on foot as each reading says. Walked distances have a band of "
            "their own beside the limit, within which they are borderline.");
    else
        add("Limits are straight-line distances (--by walking measures along streets).");
    for (const std::string& remark : facts.plan->remarks) add(remark);
    for (const std::string& words : facts.not_tested)
        add((words.find("not tested") == std::string::npos ? "Not tested: " : "") + words);
    return notes;
}

std::string sweep_text(const SweepFacts& facts, unsigned width) {
    std::string out;
    for (std::uint32_t line = 0; line < facts.plan->lines.size(); ++line) append_line(out, facts, line, width);
    out += '\n';
    append_wrapped(
        out,
        "* as adopted (of a draft: as drafted). change: breaches more or fewer than that. granted to breach: "
        "were granted, are no breach as adopted, and would breach. refused to clear: were refused, are a "
        "breach as adopted, and would be clear or exempt. zone: where a proposal would breach. units left: "
        "units of frontages where it would be clear or exempt.",
        width, "  ", 2);
    const SweepPlan& plan = *facts.plan;
    const bool all = plan.variants.size() <= kAllSentences;
    out += all ? "\nIn words\n" : "\nIn words, next to the limits as they stand (all of them: --out FILE.json)\n";
    for (const std::size_t v : in_order(plan))
        if (all || is_near(plan, v)) append_wrapped(out, Variant(facts, v).sentence(), width, "  - ", 4);
    return out;
}

}  // namespace geo
