"""Probabilities near the Poisson limit and of many events, as in DistributionReferenceTests and the tests of rates.

Python 3.11, mpmath 1.4.1 with 60 digits; many_events.txt is what it prints: python3 many_events.py > many_events.txt.
"""

import mpmath as mp

mp.mp.dps = 60


def tail(a, b, x):
    """The regularised incomplete beta function, x below a / (a + b) or not, by the continued fraction of Abramowitz and Stegun, 26.5.8."""
    a, b, x = mp.mpf(a), mp.mpf(b), mp.mpf(x)
    if x > a / (a + b):
        return 1 - tail(b, a, 1 - x)
    y = 1 - x
    c, d, f = mp.mpf(1), 1 / (1 - (a + b) * x / (a + 1)), 1 / (1 - (a + b) * x / (a + 1))
    for m in range(1, 10**6):
        e = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)); d = 1 / (1 + e * d); c = 1 + e / c; f *= c * d
        o = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)); d = 1 / (1 + o * d); c = 1 + o / c; f *= c * d
        if abs(c * d - 1) < mp.mpf(10) ** -40 and m > 20: break
    return f * mp.exp(a * mp.log(x) + b * mp.log(y) + mp.loggamma(a + b) - mp.loggamma(a) - mp.loggamma(b)) / a


def show(*v): print(*[mp.nstr(x, 17) for x in v])
print("negative binomial: probability, cumulative, survival")
for mean, size, count in [(5, 5e9, 7), (5, 5e9, 0), (1e4, 1e13, 9970), (1e4, 1e13, 10300), (1e6, 1e6, 1000900), (3e9, 2e9, 3000090000)]:
    p = mp.mpf(size) / (mp.mpf(size) + mean)
    pmf = mp.exp(mp.loggamma(mp.mpf(count) + size) - mp.loggamma(size) - mp.loggamma(count + 1) + size * mp.log(p) + count * mp.log(1 - p))
    s = tail(count + 1, size, 1 - p); show(mp.mpf(mean), mp.mpf(size), mp.mpf(count), pmf, 1 - s, s)
print("poisson cdf, sf")


def q(a, x):
    a, x = mp.mpf(a), mp.mpf(x); b = x + 1 - a; c = mp.mpf(10) ** 50; d = 1 / b; f = d
    for k in range(1, 10**6):
        an = -k * (k - a); b += 2; d = 1 / (an * d + b); c = b + an / c; f *= c * d
        if abs(c * d - 1) < mp.mpf(10) ** -35: break
    return f * mp.exp(a * mp.log(x) - x - mp.loggamma(a))
for mean, count in [(4e9, 3999990000), (4e9, 3999800000), (4e9, 3999999989)]:
    c = q(count + 1, mean); show(mp.mpf(mean), mp.mpf(count), c, 1 - c)
print("rate ratio: greater, mid, low, high of 95")


def quantile(pr, a, b, lo, hi):
    return mp.findroot(lambda t: tail(a, b, t) - pr, (lo, hi), solver='anderson', tol=1e-40)
for k, e, o, oe in [(12, 1, 3000000000, 1e9), (3000000000, 1e9, 2, 1)]:
    n = k + o; x = mp.mpf(e) / (mp.mpf(e) + mp.mpf(oe))
    g = tail(k, o + 1, x); ex = mp.exp(mp.loggamma(n + 1) - mp.loggamma(k + 1) - mp.loggamma(o + 1) + k * mp.log(x) + o * mp.log(1 - x))
    odds = (1 - x) / x
    m = mp.mpf(k)/n; small = min(k, o)
    if k < o: lo = quantile(mp.mpf('0.025'), k, o + 1, m*.4, m*.6); hi = quantile(mp.mpf('0.975'), k + 1, o, m*1.6, m*1.9)
    else:
        r = 1 - m
        lo = 1 - quantile(mp.mpf('0.975'), o + 1, k, r*3, r*4); hi = 1 - quantile(mp.mpf('0.025'), o, k + 1, r*.1, r*.15)
    show(mp.mpf(k), mp.mpf(o), g, g - ex / 2, lo / (1 - lo) * odds, hi / (1 - hi) * odds)
print("fisher")
for f, s in [((12, 999999988), (3, 999999997))]:
    own, oth, inf = sum(f), sum(s), f[0] + s[0]
    lc = lambda n, k: mp.loggamma(n + 1) - mp.loggamma(k + 1) - mp.loggamma(n - k + 1)
    pr = lambda c: mp.exp(lc(own, c) + lc(oth, inf - c) - lc(own + oth, inf))
    eq = pr(f[0]); more = sum(pr(c) for c in range(f[0] + 1, min(own, inf) + 1)); show(more + eq, more + eq / 2)
