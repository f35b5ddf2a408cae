// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "libgeo/base/text.h"
#include "libgeo/report/equity_answer.h"

namespace geo {
namespace {

class Words {
  public:
    Words(const EquityTable& table, const EquityFacts& facts) : table_(table), facts_(facts) {
        part_ = facts.quantiles == 5 ? "fifth" : facts.quantiles == 10 ? "tenth" : "quantile";
    }

    std::vector<std::string> answers() {
        for (std::uint32_t use = 0; use < facts_.uses.size(); ++use) answer(use);
        return std::move(sentences_);
    }

    std::vector<std::string> notes() {
        quantiles();
        for (std::uint32_t use = 0; use < facts_.uses.size(); ++use) {
            left_out(use);
            without_figures(use);
            without_logarithm(use);
        }
        methods();
        return std::move(sentences_);
    }

  private:
    std::string name(std::uint32_t use) const { return std::string(word(facts_.uses[use])); }
    std::string day(std::uint32_t d) const { return format_date(facts_.days[d]); }
    bool has_figures(std::uint32_t use, std::uint32_t d) const {
        return table_.has_figures[use * facts_.days.size() + d] != 0;
    }
    const EquityMeasures& measures(std::uint32_t use, std::uint32_t d) const {
        return table_.measures[use * facts_.days.size() + d];
    }
    const EquityRow& row(std::uint32_t use, std::uint32_t d, unsigned quantile) const {
        return table_.rows[(use * facts_.days.size() + d) * facts_.quantiles + quantile - 1];
    }
    /// A rate, a difference of rates: fewer decimals the more residents it is of.
    std::string rate(double value) const {
        return format_fixed(value, facts_.per <= 1000 ? 3 : facts_.per <= 10'000 ? 2 : 1);
    }
    std::string per() const { return "per " + grouped(static_cast<std::uint64_t>(facts_.per)) + " residents"; }
    std::string interval(const std::string& lower, const std::string& upper) const {
        const std::string reach = lower.empty() && upper.empty() ? "not defined"
                                  : upper.empty()                ? "from " + lower + " up"
                                                                 : lower + " to " + upper;
        return format_shortest(std::round(facts_.confidence * 1e6) / 1e4) + " % interval " + reach;
    }

    std::vector<std::uint32_t> days_with_figures(std::uint32_t use) const {
        std::vector<std::uint32_t> days;
        for (std::uint32_t d = 0; d < facts_.days.size(); ++d) {
            if (has_figures(use, d)) days.push_back(d);
        }
        return days;
    }

    void answer(std::uint32_t use) {
        const std::vector<std::uint32_t> days = days_with_figures(use);
        if (days.empty()) {
            sentences_.push_back(name(use) +
                                 ": no figures: on none of the days has any area a rank, residents and "
                                 "outlets data that cover it");
            return;
        }
        gap_on(use, days.back());
        const auto change = std::find_if(table_.changes.begin(), table_.changes.end(),
                                         [use](const EquityChange& c) { return c.use == use; });
        if (change != table_.changes.end()) {
            closing(*change);
        } else if (days.size() < 2) {
            sentences_.push_back(name(use) + ": is the gap closing? One day cannot tell; two or more are needed");
        }
    }

    void without_figures(std::uint32_t use) {
        const std::size_t with = days_with_figures(use).size();
        if (with > 0 && with < facts_.days.size())
            sentences_.push_back(name(use) + ": " + grouped(facts_.days.size() - with) + " of " +
                                 counted(facts_.days.size(), "day") +
                                 " without figures: no area has residents and is covered then");
    }

    void gap_on(std::uint32_t use, std::uint32_t d) {
        const EquityMeasures& one = measures(use, d);
        const EquityRow &most = row(use, d, 1), &least = row(use, d, facts_.quantiles);
        if (std::isnan(one.gap.value)) {
            sentences_.push_back(name(use) + ", " + day(d) + ": no gap can be told: the most or the least deprived " +
                                 part_ + " has no area that counts");
            return;
        }
        std::string text = name(use) + ", " + day(d) + ": " + rate(most.rate.value) + " " + per() +
                           " in the most deprived " + part_ + ", " + rate(least.rate.value) +
                           " in the least deprived: a gap of " + rate(one.gap.value) + " (" +
                           interval(rate(one.gap.lower), rate(one.gap.upper)) + ")";
        if (!std::isnan(one.ratio.value))
            text += ", a ratio of " + format_fixed(one.ratio.value, 2) + " (" + format_fixed(one.ratio.lower, 2) +
                    " to " + format_fixed(one.ratio.upper, 2) + ")";
        sentences_.push_back(std::move(text));
    }

    /// `before`, `after`: most less least deprived.
    std::string verdict(double before, double after, const Estimate& change) const {
        if (change.lower <= 0 && change.upper >= 0)
            return "these data do not tell, since the interval of its change holds 0";
        const std::string other = before > 0 ? "the least deprived " + part_ + " now has more"
                                             : "the most deprived " + part_ + " now has more";
        if (before != 0 && (before > 0) != (after > 0) && after != 0) return "it has turned round: " + other;
        return std::abs(after) < std::abs(before) ? "yes" : "no, it widens";
    }

    void closing(const EquityChange& change) {
        const EquityMeasures &before = measures(change.use, change.first_day),
                             &after = measures(change.use, change.last_day);
        const auto moved = [&](const Estimate& first, const Estimate& last, const Estimate& by) {
            return "from " + rate(first.value) + " on " + day(change.first_day) + " to " + rate(last.value) + " on " +
                   day(change.last_day) + ", a change of " + rate(by.value) + " (" +
                   interval(rate(by.lower), rate(by.upper)) + ")";
        };
        sentences_.push_back(name(change.use) + ": is the gap closing? " +
                             capital(verdict(before.gap.value, after.gap.value, change.gap)) + ": " +
                             moved(before.gap, after.gap, change.gap) + " " + per());
        sentences_.push_back(name(change.use) + ": over all " + part_ + "s (SII) " +
                             moved(before.sii, after.sii, change.sii) + "; of the outlets " +
                             grouped(static_cast<std::uint64_t>(change.stayed)) + " stayed, " +
                             grouped(static_cast<std::uint64_t>(change.opened)) + " came, " +
                             grouped(static_cast<std::uint64_t>(change.closed)) + " went");
    }

    static std::string capital(std::string text) {
        if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
        return text;
    }

    void without_logarithm(std::uint32_t use) {
        std::vector<std::string> which;
        for (const std::uint32_t d : days_with_figures(use)) {
            if (!std::isnan(measures(use, d).sii.value) && std::isnan(measures(use, d).sii_log.value))
                which.push_back(day(d));
        }
        if (which.empty()) return;
        const std::size_t n = which.size();
        if (which.size() > 3) which.resize(3), which.emplace_back("…");
        sentences_.push_back(name(use) + ": no sii_log and rii_log on " + counted(n, "day") + " (" +
                             join_words(which, ", ") + "): a " + part_ + " without outlets has no logarithm");
    }

    void quantiles() {
        const std::string of = facts_.national
                                   ? "national: the place of each area among the " + grouped(facts_.ranked) +
                                         " areas that are ranked in " + facts_.deprivation
                                   : "local: the " + grouped(facts_.ranked) + " areas of " + facts_.areas +
                                         " with a rank in " + facts_.deprivation + ", ranked among themselves";
        sentences_.push_back(capital(part_) + "s are " + of +
                             "; 1 is the most deprived. The same ranks serve every day");
    }

    void left_out(std::uint32_t use) {
        const EquityAreas& areas = table_.areas[use];
        std::vector<std::string> why;
        const auto add = [&why](std::uint64_t n, const std::string& what) {
            if (n > 0) why.push_back(grouped(n) + " " + what);
        };
        add(areas.without_rank, "without a deprivation rank");
        add(areas.without_population, "without residents on some day");
        add(areas.not_covered, "not covered by the outlets data on some day");
        add(areas.aside, "outside the study area");
        if (why.empty()) return;
        const std::uint64_t all =
            areas.counted + areas.without_rank + areas.without_population + areas.not_covered + areas.aside;
        sentences_.push_back(name(use) + ": " + grouped(areas.counted) + " of " + counted(all, "area") +
                             " count; left out on every day: " + join_words(why, ", "));
    }

    void methods() {
        sentences_.emplace_back(
            "Gap, ratio, SII and RII are of the most against the least deprived (OHID's multiplier -1): above 0, or 1, "
            "where the most deprived have more; the concentration index is below 0 there");
        sentences_.push_back(
            std::string(
                "Intervals take counts as chance (Poisson) numbers; between two days only what came and went is "
                "chance. Those of SII and RII are ") +
            (facts_.simulated ? "simulated, 100,000 draws seeded from the inputs" : "by the delta method"));
        sentences_.emplace_back("A gap or its change does not say what brought it about, and says nothing of health");
    }

    const EquityTable& table_;
    const EquityFacts& facts_;
    std::string part_;
    std::vector<std::string> sentences_;
};

}  // namespace

std::vector<std::string> equity_sentences(const EquityTable& table, const EquityFacts& facts) {
    return Words(table, facts).answers();
}

std::vector<std::string> equity_notes(const EquityTable& table, const EquityFacts& facts) {
    return Words(table, facts).notes();
}

}  // namespace geo
