// SPDX-License-Identifier: Apache-2.0
// V3, V4: PHEindicatormethods 2.1.0 (numbers only); V6: World Bank, Technical Note 7; V8: OHID's published gap.
#include "libgeo/density/inequality.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <random>
#include <vector>

#include "libgeo/base/errors.h"
#include "libgeo/density/quantiles.h"

using geo::Estimate;
using geo::QuantileValues;
using geo::Slope;
using geo::SlopeOptions;
using geo::ValueScale;

namespace {

using Numbers = std::vector<double>;

bool same(double found, double expected, double relative = 1e-12) {
    return std::abs(found - expected) <= relative * std::abs(expected);
}

struct Vector {
    Numbers population, value, lower, upper;
    ValueScale scale = ValueScale::plain;

    Slope slope(const SlopeOptions& options = {}, bool simulated = false) const {
        const Numbers errors = geo::standard_errors(lower, upper, scale, 0.95);
        const QuantileValues values{population, value, errors, scale};
        return simulated ? simulated_slope(values, options) : slope_of_inequality(values, options);
    }
};

Numbers plus(Numbers numbers, double more) {
    for (double& number : numbers) number += more;
    return numbers;
}

const Numbers kArea1 = {75.9334590103081, 78.3442382727843, 83.8360631041654, 83.6375399664931, 80.4655031529559,
                        81.1156759857022, 81.6930835718562, 84.1900062060987, 80.5955641081472, 86.2894349578624};
const Vector kLife1{{7291, 7997, 6105, 7666, 5790, 6934, 5918, 5974, 7147, 7534},
                    kArea1,
                    {72.7220530546453, 75.2509802190802, 80.8697295124759, 80.157578356036, 77.1308785969275,
                     78.0499986811178, 79.011578491948, 81.4457282769343, 75.827185168894, 83.2190593454592},
                    {79.1448649659708, 81.4374963264884, 86.8023966958549, 87.1175015769501, 83.8001277089842,
                     84.1813532902866, 84.3745886517644, 86.9342841352631, 85.3639430474004, 89.3598105702656}};
const Vector kLife2{{21675, 20065, 19750, 24713, 20112, 19618, 22408, 19752, 18939, 19312},
                    {70.54853186, 71.57155734, 72.48698671, 73.51985519, 73.14605425, 76.15898712, 78.65444871,
                     80.56476961, 80.85486627, 79.9711253},
                    {70.09853186, 71.12155734, 72.03698671, 73.06985519, 72.69605425, 75.70898712, 78.20444871,
                     80.11476961, 80.40486627, 79.5211253},
                    {70.99853186, 72.14, 73.21, 73.7, 75.8, 78.76, 79.77, 81.21, 81.30486627, 80.9}};
const Numbers kRates = {4.89675, 4.5678, 4.67666, 4.35666, 3.9, 3.8, 3.5, 3.2, 3.21, 2.8};
const Vector kRates2{{13837, 14519, 14940, 14599, 12311, 21675, 20065, 19750, 24713, 20112},
                     kRates,
                     plus(kRates, -0.12),
                     plus(kRates, 0.08),
                     ValueScale::log};

/// Children with obesity of those measured; intervals are Wilson's, as OHID takes them.
Vector obesity() {
    const Numbers count = {4362, 3734, 3032, 2561, 2304, 2024, 1938, 1981, 1856, 1635};
    Vector out{{36111, 31803, 26681, 24184, 23023, 21506, 22197, 23679, 23271, 23464}, {}, {}, {}, ValueScale::logit};
    for (std::size_t i = 0; i < count.size(); ++i) {
        const Estimate share = geo::proportion(count[i], out.population[i]);
        out.value.push_back(share.value);
        out.lower.push_back(share.lower);
        out.upper.push_back(share.upper);
    }
    return out;
}

/// Each limit of an interval to 5 % of itself.
void check_interval(const Estimate& found, double lower, double upper) {
    CAPTURE(found.lower);
    CAPTURE(found.upper);
    CHECK(same(found.lower, lower, 0.05));
    CHECK(same(found.upper, upper, 0.05));
}

}  // namespace

TEST_CASE("V3: SII and RII of a plain value, five quantiles and ten") {
    Vector fifths = kLife2;
    for (Numbers* column : {&fifths.population, &fifths.value, &fifths.lower, &fifths.upper}) column->resize(5);
    const Slope five = fifths.slope();
    CHECK(same(five.sii.value, 3.6215563376545648));
    CHECK(same(five.rii.value, 1.0513892712719326));
    CHECK(same(five.intercept, 70.473004345414));
    const Slope ten = kLife2.slope();
    CHECK(same(ten.sii.value, 12.547846636351798));
    CHECK(same(ten.rii.value, 1.180885620848795));
    CHECK(same(ten.intercept, 69.368955793565931));
}

TEST_CASE("V3: SII and RII of rates, plain and logarithmic") {
    const Slope plain = kRates2.slope();
    CHECK(same(plain.sii.value, -2.2876789027787421));
    CHECK(same(plain.rii.value, .53525176979876143));
    CHECK(same(plain.intercept, 4.9224047648081726));
    const Slope fitted_on_log = kRates2.slope({.transform = true});
    CHECK(same(fitted_on_log.sii.value, -2.2954691808474057));
    CHECK(same(fitted_on_log.rii.value, .54461447597370527));
    CHECK(same(fitted_on_log.intercept, 5.0407161838435188));
}

TEST_CASE("V3: SII and RII of proportions, plain and logistic") {
    const Slope plain = obesity().slope();
    CHECK(same(plain.sii.value, -.0581854710713103));
    CHECK(same(plain.rii.value, .54701284615554346));
    CHECK(same(plain.intercept, .12844839103602843));
    const Slope logistic = obesity().slope({.transform = true});
    CHECK(same(logistic.sii.value, -.05970061643992898));
    CHECK(same(logistic.rii.value, .54720744261319809));
    CHECK(same(logistic.intercept, .13184981834612891));
}

TEST_CASE("V3: a negative multiplier turns the sign of the SII and the RII upside down, with their intervals") {
    const Slope as_is = obesity().slope(), turned = obesity().slope({.multiplier = -100});
    CHECK(same(turned.sii.value, 5.81854710713103));
    CHECK(same(turned.rii.value, 1.8281106321873277));
    CHECK(same(turned.sii.lower, -100 * as_is.sii.upper));
    CHECK(same(turned.sii.upper, -100 * as_is.sii.lower));
    CHECK(same(turned.rii.lower, 1 / as_is.rii.upper));
    CHECK(turned.rii.lower < turned.rii.value);
    CHECK(turned.rii.value < turned.rii.upper);
    CHECK(same(turned.intercept, as_is.intercept));
}

TEST_CASE("V3: the delta method's interval, worked out by hand") {
    const Slope slope = kLife1.slope();
    CHECK(same(slope.sii.value, 6.934616473668819));
    CHECK(std::round(slope.sii.lower * 1000) == 3090);
    CHECK(std::round(slope.sii.upper * 1000) == 10779);
}

TEST_CASE("V3: delta and simulated intervals both reach OHID's to 5 per cent") {
    for (const bool simulated : {false, true}) {
        CAPTURE(simulated);
        const Slope life1 = kLife1.slope({}, simulated);
        check_interval(life1.sii, 3.127594617650817, 10.7586873680794);
        check_interval(life1.rii, 1.0383690591642838, 1.1412993360251238);
        const Slope life2 = kLife2.slope({}, simulated);
        check_interval(life2.sii, 11.936156426792138, 13.163020132396579);
        check_interval(life2.rii, 1.1713706914325628, 1.1904396357244886);
        const Slope rates = kRates2.slope({}, simulated);
        check_interval(rates.sii, -2.3985255584029543, -2.1761883614121236);
        check_interval(rates.rii, 0.5173431258491631, 0.5537394889497282);
        const Slope log_rates = kRates2.slope({.transform = true}, simulated);
        check_interval(log_rates.sii, -2.423223688852598, -2.168075785150564);
        check_interval(log_rates.rii, 0.527074544156842, 0.5627749745405388);
        const Slope share = obesity().slope({}, simulated);
        check_interval(share.sii, -0.06216629570885849, -0.05417454773129435);
        check_interval(share.rii, 0.5237145074007454, 0.5714617043537692);
        const Slope logistic = obesity().slope({.transform = true}, simulated);
        check_interval(logistic.sii, -0.06392425493727208, -0.05546135190988595);
        check_interval(logistic.rii, 0.524843254382713, 0.5707105710428643);
    }
}

TEST_CASE("simulated intervals: the same inputs give the same bytes, others do not") {
    const Slope once = kRates2.slope({.transform = true}, true), again = kRates2.slope({.transform = true}, true);
    CHECK(once.sii.lower == again.sii.lower);
    CHECK(once.rii.upper == again.rii.upper);
    Vector other = kRates2;
    other.population[0] += 1e-9;
    CHECK(other.slope({.transform = true}, true).sii.lower != once.sii.lower);
}

TEST_CASE("a wider confidence gives a wider interval, and the interval shrinks with the errors") {
    const Slope wide = kLife1.slope({.confidence = 0.998}), usual = kLife1.slope();
    CHECK(wide.sii.lower < usual.sii.lower);
    CHECK(wide.sii.upper > usual.sii.upper);
    Vector sure = kLife1;
    sure.lower = sure.upper = sure.value;
    CHECK(same(sure.slope().sii.lower, sure.slope().sii.value));
}

TEST_CASE("a rate of 0 has no logarithm: the transformed slope is not defined, the plain one is") {
    Vector rates = kRates2;
    rates.value[9] = rates.lower[9] = 0;
    CHECK(std::isnan(rates.slope({.transform = true}).sii.value));
    CHECK(std::isnan(rates.slope({.transform = true}).rii.lower));
    CHECK_FALSE(std::isnan(rates.slope().sii.value));
    CHECK(std::isnan(rates.slope().sii.lower));  // its error has no logarithm
}

TEST_CASE("a line that crosses 0 has no relative index") {
    const Numbers people(5, 1000), errors(5, 0.1), value = {-2, -1, 0, 1, 2};
    const Slope slope = geo::slope_of_inequality({people, value, errors, ValueScale::plain});
    CHECK(same(slope.sii.value, 5.0));
    CHECK(std::isnan(slope.rii.value));
    CHECK(std::isnan(slope.rii.upper));
}

TEST_CASE("errors: too few or too many quantiles, people missing, a confidence out of range") {
    const auto of = [](std::size_t n, double people, double confidence) {
        const Numbers population(n, people), value(n, 1.0), errors(n, 0.1);
        return geo::slope_of_inequality({population, value, errors, ValueScale::plain}, {.confidence = confidence});
    };
    CHECK_THROWS_AS(of(4, 100, 0.95), geo::UsageError);
    CHECK_THROWS_AS(of(101, 100, 0.95), geo::UsageError);
    CHECK_THROWS_AS(of(5, 100, 0.5), geo::UsageError);
    CHECK_THROWS_AS(of(5, 100, 1.0), geo::UsageError);
    CHECK_THROWS_AS(of(5, 0, 0.95), geo::DataError);
    CHECK_THROWS_AS(of(5, -3, 0.95), geo::DataError);
    CHECK_THROWS_AS(of(5, std::numeric_limits<double>::quiet_NaN(), 0.95), geo::DataError);
    CHECK_NOTHROW(of(100, 100, 0.95));
}

TEST_CASE("weights of the slope: they sum to 0, and give the slope") {
    const Numbers weights = geo::slope_weights(kLife2.population);
    CHECK(std::abs(std::accumulate(weights.begin(), weights.end(), 0.0)) < 1e-12);
    CHECK(same(std::inner_product(weights.begin(), weights.end(), kLife2.value.begin(), 0.0), 12.547846636351798));
}

TEST_CASE("V4: quantiles as OHID has them") {
    std::vector<unsigned> found;
    for (unsigned rank = 1; rank <= 13; ++rank) found.push_back(geo::quantile_of_rank(rank, 23, 10));
    CHECK(found == std::vector<unsigned>{1, 1, 1, 2, 2, 3, 3, 4, 4, 4, 5, 5, 6});
    CHECK(geo::quantile_of_rank(23, 23, 10) == 10);
    CHECK(geo::quantile_of_rank(1, 9, 10) == 0);
    CHECK(geo::quantile_of_rank(0, 23, 10) == 0);
    CHECK(geo::quantile_of_rank(24, 23, 10) == 0);
    CHECK(geo::quantile_of_rank(1, 10, 10) == 1);
    CHECK(geo::quantile_of_rank(10, 10, 10) == 10);
}

TEST_CASE("V4: the whole-number formula is OHID's for every n from 10 to 399, fifths and tenths") {
    for (const unsigned quantiles : {5U, 10U}) {
        for (unsigned n = 10; n < 400; ++n) {
            for (unsigned rank = 1; rank <= n; ++rank) {
                // In exact fractions: floor((Q + 1) - ceil(((n + 1) - rank) / (n / Q))), 0 taken as 1.
                unsigned up = 0;
                while (up * n < (n + 1 - rank) * quantiles) ++up;
                const unsigned expected = std::max(quantiles + 1 - up, 1U);
                REQUIRE(geo::quantile_of_rank(rank, n, quantiles) == expected);
            }
        }
    }
}

TEST_CASE("local quantiles: by order, equal ranks together, areas without a rank in none") {
    const double none = std::numeric_limits<double>::quiet_NaN();
    const Numbers ranks = {500, none, 20, 31000, 20, 7000};
    CHECK(geo::local_quantiles(ranks, 5) == std::vector<std::uint32_t>{3, 0, 1, 5, 1, 4});
    CHECK(geo::local_quantiles(ranks, 6) == std::vector<std::uint32_t>(6, 0));
}

TEST_CASE("national quantiles: the place in the whole ranking, what is no place in it is in none") {
    const Numbers ranks = {1, 6569, 6570, 32844, 32845, 10.5};
    CHECK(geo::national_quantiles(ranks, 32844, 5) == std::vector<std::uint32_t>{1, 1, 2, 5, 0, 0});
}

TEST_CASE("V6: concentration index of child deaths") {
    const Numbers births = {29939, 28776, 26528, 24689, 19739}, per_1000 = {154.7, 152.9, 119.5, 86.9, 54.3};
    Numbers deaths;
    for (std::size_t i = 0; i < births.size(); ++i) deaths.push_back(births[i] * per_1000[i] / 1000);
    const Estimate index = geo::concentration_index(births, deaths);
    CHECK(same(index.value, -0.169416774650521));
    CHECK(index.upper < 0);
    CHECK(index.lower < index.value);
}

TEST_CASE("concentration index: even is 0, all in one quantile has no interval, nothing has no index") {
    const Numbers people = {1000, 2000, 3000, 2000, 1000};
    CHECK(std::abs(geo::concentration_index(people, Numbers{10, 20, 30, 20, 10}).value) < 1e-15);
    CHECK(std::isnan(geo::concentration_index(people, Numbers(5, 0.0)).value));
    const Estimate one = geo::concentration_index(people, Numbers{7, 0, 0, 0, 0});
    CHECK(same(one.value, 2 * 500.0 / 9000 - 1));
    CHECK(std::isnan(one.lower));
}

TEST_CASE("V8: the gap of two published rates") {
    const Estimate gap = geo::rate_gap({1466, 1'000'000}, {731, 1'000'000}, 100'000);
    CHECK(same(gap.value, 73.5));
    // The distance of the gap's limits is that of both rates' limits, as the two legs of a right angle.
    const Estimate most = geo::crude_rate(1466, 1'000'000, 100'000), least = geo::crude_rate(731, 1'000'000, 100'000);
    CHECK(same(gap.lower, 73.5 - std::hypot(most.value - most.lower, least.upper - least.value)));
    CHECK(same(gap.upper, 73.5 + std::hypot(most.upper - most.value, least.value - least.lower)));
    CHECK(std::isnan(geo::rate_gap({3, 0}, {3, 100}, 1000).value));
}

TEST_CASE("the ratio of two rates: exact limits, one-sided where a count is 0") {
    const Estimate even = geo::rate_ratio({10, 1000}, {10, 1000});
    CHECK(same(even.value, 1));
    CHECK(same(even.lower * even.upper, 1, 1e-9));
    // 0 of 3: the upper limit of the share is 1 - 0.025^(1/3).
    const Estimate none = geo::rate_ratio({0, 1000}, {3, 1000});
    const double share = 1 - std::cbrt(0.025);
    CHECK(none.value == 0);
    CHECK(none.lower == 0);
    CHECK(same(none.upper, share / (1 - share), 1e-9));
    const Estimate all = geo::rate_ratio({3, 1000}, {0, 1000});
    CHECK(std::isnan(all.value));
    CHECK(std::isnan(all.upper));
    CHECK(all.lower > 0);
    CHECK(std::isnan(geo::rate_ratio({0, 1000}, {0, 1000}).lower));
    CHECK(same(geo::rate_ratio({8, 1000}, {8, 2000}).value, 2));
}

TEST_CASE("sums of counts: the interval holds the truth in 93 to 98 of 100 runs, with small counts too") {
    std::mt19937_64 generator(20260401);
    const auto poisson = [&generator](double mean) {  // Knuth's, with a fixed meaning on every machine
        double product = 1;
        int count = -1;
        do {
            product *= (static_cast<double>(generator() >> 11U) + 0.5) * 0x1p-53;
            ++count;
        } while (product > std::exp(-mean));
        return static_cast<double>(count);
    };
    for (const double mean : {2.0, 8.0, 40.0}) {
        CAPTURE(mean);
        int held = 0;
        constexpr int kRuns = 2000;
        for (int run = 0; run < kRuns; ++run) {
            const geo::WeightedCount counts[] = {{1, poisson(mean)}, {-0.5, poisson(mean)}, {0.25, poisson(2 * mean)}};
            const Estimate sum = geo::sum_of_counts(counts);
            held += sum.lower <= mean && mean <= sum.upper ? 1 : 0;
        }
        CHECK(held >= 0.93 * kRuns);
        CHECK(held <= 0.99 * kRuns);
    }
}
