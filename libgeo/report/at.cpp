// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "libgeo/base/text.h"
#include "libgeo/report/inspect.h"
#include "libgeo/report/layout.h"
#include "libgeo/report/remarks.h"
#include "libgeo/report/strip.h"
#include "libgeo/report/untested_places.h"
#include "libgeo/report/walked_words.h"
#include "libgeo/report/words.h"

namespace geo {
namespace {

std::string position(Point p) { return fmt::format("{} {}", format_fixed(p.x, 3), format_fixed(p.y, 3)); }

/// The row whose use the rule is about: the first where the rule applies, else the first.
std::size_t row_of(const Slot& slot, const ProposalBatch& batch, const Assessment& assessment) {
    const std::vector<Use>& uses = assessment.rule(slot).applies_to;
    for (std::size_t row = 0; row < batch.size(); ++row) {
        if (std::find(uses.begin(), uses.end(), batch.use[row]) != uses.end()) return row;
    }
    return 0;
}

class AtReport {
  public:
    AtReport(const Assessment& assessment, const ProposalBatch& batch, const Assessed& assessed, std::size_t width)
        : assessment_(assessment), batch_(batch), assessed_(assessed), width_(width) {}

    std::string text(const AtPlace& place, const Issues& issues) {
        head(place);
        std::int64_t policy = -1;
        std::int64_t rule = -1;
        for (std::size_t k = 0; k < assessment_.slots().size(); ++k) {
            const Slot& slot = assessment_.slots()[k];
            if (slot.policy != policy) {
                append_wrapped(out_, policy_line(assessment_.policy(slot)), width_, "\n", 2);
                rule = -1;
            }
            if (slot.rule != rule) rule_head(slot);
            policy = slot.policy;
            rule = slot.rule;
            finding(k);
        }
        which_distance();
        append_not_tested(out_, assessment_, width_);
        append_issues(out_, issues, "`cordon inspect` shows more", width_);
        append_trust(out_, assessment_, {}, issues, width_);
        return std::move(out_);
    }

  private:
    void head(const AtPlace& place) {
        out_ += fmt::format("{}: easting {}, northing {}\n", printable(place.asked, 60), format_fixed(place.point.x, 3),
                            format_fixed(place.point.y, 3));
        if (!place.source.empty()) append_wrapped(out_, printable(place.source, 200), width_, "  ", 2);
        if (place.accuracy_m > 0.0)
            out_ += fmt::format("  known to {} m only: nearer than that to a limit is borderline\n",
                                format_shortest(place.accuracy_m));
        std::vector<std::string> uses;
        for (std::size_t row = 0; row < batch_.size(); ++row) {
            uses.push_back(fmt::format(
                "as {}: {}", with_article(batch_.use[row] == Use::unstated ? "proposal" : plain_words(batch_.use[row])),
                word(assessed_.verdicts[row].result)));
        }
        append_wrapped(out_, fmt::format("{} (as at {})", join_words(uses, "; "), format_date_long(assessed_.as_at[0])),
                       width_, "  ", 2);
    }

    void rule_head(const Slot& slot) {
        const Rule& rule = assessment_.rule(slot);
        append_wrapped(
            out_,
            fmt::format("{}{}{}", printable(rule.id, 40), rule.title.empty() ? "" : "  ", printable(rule.title, 200)),
            width_, "\n", 2);
        if (!rule.text.empty()) append_wrapped(out_, "“" + prose(rule.text) + "”", width_, "  ", 2);
        if (!rule.unchecked.empty())
            append_wrapped(out_, "unchecked: " + printable(rule.unchecked, 200), width_, "  ", 2);
    }

    void finding(std::size_t k) {
        const Slot& slot = assessment_.slots()[k];
        const Finding& finding = assessed_.findings[k][row_of(slot, batch_, assessment_)];
        append_wrapped(out_, reason(finding, slot, assessment_), width_, fmt::format("  {}: ", word(finding.result)),
                       4);
        const std::string strip = strip_text(strip_of(finding, slot, assessment_, assessed_.as_at[0]));
        if (!strip.empty()) {
            append_wrapped(out_, strip, width_, "    ", 6);
            append_wrapped(out_, strip_key(), width_, "    ", 6);
        }
        untested(k, finding);
        if (!finding.measured_something || slot.places == nullptr) return;
        const bool walked = is_walked(finding, assessment_.rule(slot));
        const double walk{finding.tolerance_walk};
        out_ +=
            fmt::format("    {} from {} to {}, tolerance {} m{}\n", walked ? "walked" : "measured",
                        position(finding.site), position(finding.place_point), format_fixed(tolerance_of(finding), 2),
                        walked ? fmt::format(", ± {} m of it of walking", format_fixed(walk, 2)) : std::string());
        const Comparison& breach = assessment_.rule(slot).breach;
        if (finding.plain && !breach.judgement && breach.unit == Unit::metres && finding.margin() >= 0.05) {
            out_ += fmt::format("    {} m inside the limit\n", format_fixed(finding.margin(), 1));
        }
    }

    /// Places that the finding does not name: another decided it.
    void untested(std::size_t k, const Finding& finding) {
        const Slot& slot = assessment_.slots()[k];
        for (const UntestedPlace& one : untested_places(finding, k, assessment_, near()))
            append_wrapped(out_, untested_words(one, slot, assessment_), width_, "    ", 6);
    }

    const std::vector<Assessment::NearPlace>& near() {
        if (!near_) near_ = assessment_.near_places(batch_, 0, assessed_.as_at[0]);
        return *near_;
    }

    // The number, and a star where it is what the policy measures.
    static std::string reading(double metres, bool policys_own) {
        return (std::isnan(metres) ? std::string("-") : format_fixed(metres, 1)) + (policys_own ? " *" : "  ");
    }
    /// From the boundary, the entrances, the centroid.
    static void add_readings(const std::array<double, 3>& metres, const Rule& rule, bool policys_own,
                             std::vector<std::string>& cells) {
        const From from = std::get<DistanceMeasure>(rule.measure).from;
        const std::size_t own = from == From::boundary ? 0 : from == From::entrances ? 1 : 2;
        for (std::size_t k = 0; k < metres.size(); ++k) cells.push_back(reading(metres[k], policys_own && k == own));
    }

    void which_distance() {
        std::string limit;
        for (const Slot& slot : assessment_.slots()) {
            if (limit.empty() && slot.places != nullptr && !assessment_.rule(slot).breach.judgement)
                limit = limit_words(assessment_.rule(slot).breach);
        }
        const bool walks = shows_walking(assessment_);
        append_wrapped(out_,
                       fmt::format("Which {}? Metres {}to each place that a rule names, within its limit and a quarter "
                                   "more{}; * marks the policy's own reading, - what is not known.",
                                   limit.empty() ? "distance" : limit, walks ? "in a straight line and on foot " : "",
                                   walks ? " in a straight line" : ""),
                       width_, "\n", 0);
        if (near().empty()) {
            out_ += "  no protected place is near\n";
            return;
        }
        TextTable table;
        table.column("  rule");
        table.column("boundary  ", true);
        table.column("entrances  ", true);
        table.column("centroid  ", true);
        if (walks) {
            table.column("on foot: boundary  ", true);
            table.column("entrances  ", true);
            table.column("centroid  ", true);
        }
        table.column("place");
        for (const Assessment::NearPlace& one : near()) {
            const Slot& slot = assessment_.slots()[one.slot];
            const Rule& rule = assessment_.rule(slot);
            const bool own = asks_walking(rule);
            std::vector<std::string> cells = {fmt::format("  {}", printable(rule.id, 20))};
            add_readings({one.boundary, one.entrances, one.centroid}, rule, !own, cells);
            if (walks) add_readings({one.walk_boundary, one.walk_entrances, one.walk_centroid}, rule, own, cells);
            cells.push_back(place_words(slot, assessment_, one.place) +
                            (std::isnan(one.boundary) ? ", a point only" : "") +
                            (one.open ? "" : ", not open on the day"));
            table.row(std::move(cells));
        }
        table.append(out_, 0, width_);
        if (walks && assessment_.layers().walking == nullptr)
            append_wrapped(out_, "Walking needs a layer of streets: the study has none.", width_, "  ", 2);
        for (const std::string& sentence : walking_method(assessment_)) append_wrapped(out_, sentence, width_, "  ", 2);
    }

    const Assessment& assessment_;
    const ProposalBatch& batch_;
    const Assessed& assessed_;
    std::size_t width_;
    std::optional<std::vector<Assessment::NearPlace>> near_;  // when first asked for
    std::string out_;
};

}  // namespace

std::string at_text(const Assessment& assessment, const ProposalBatch& batch, const Assessed& assessed,
                    const AtPlace& place, const Issues& issues, unsigned width) {
    return AtReport(assessment, batch, assessed, width).text(place, issues);
}

}  // namespace geo
