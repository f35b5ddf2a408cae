# SPDX-License-Identifier: Apache-2.0
"""Random draws that give the same numbers on every Python: only random.random() of the Mersenne twister is used."""

import random
from math import cos, exp, log, pi, sqrt


class Rng:
    def __init__(self, *seed):
        self._random = random.Random("/".join(str(part) for part in seed)).random

    def uniform(self, low=0.0, high=1.0):
        return low + (high - low) * self._random()

    def integer(self, low, high):
        """Both ends included."""
        return low + int(self._random() * (high - low + 1))

    def chance(self, probability):
        return self._random() < probability

    def pick(self, items):
        return items[int(self._random() * len(items))]

    def weighted(self, pairs):
        """One of [(item, weight), ...]."""
        mark = self._random() * sum(weight for _, weight in pairs)
        for item, weight in pairs:
            mark -= weight
            if mark < 0:
                return item
        return pairs[-1][0]

    def shuffled(self, items):
        return [item for _, item in sorted(((self._random(), item) for item in items), key=lambda pair: pair[0])]

    def normal(self, mean=0.0, deviation=1.0):
        return mean + deviation * sqrt(-2 * log(1 - self._random())) * cos(2 * pi * self._random())

    def exponential(self, rate):
        return -log(1 - self._random()) / rate

    def poisson(self, mean):
        """Knuth's method; means above 30 are drawn in parts, since a sum of Poisson draws is one."""
        count = 0
        while mean > 30:
            count += self.poisson(30)
            mean -= 30
        limit, product = exp(-mean), self._random()
        while product > limit:
            count += 1
            product *= self._random()
        return count
