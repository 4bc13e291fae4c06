# Frozen fits of the regression estimators. Rscript regression_estimators.R > regression_estimators.txt
# R 4.2.2, quantreg 5.94, mgcv 1.8-41, MASS 7.3-58.2. Writes regression_data.csv (the generated rows).
suppressMessages({library(quantreg); library(mgcv); library(MASS)})
set.seed(20260723)
n <- 150
age <- round(rnorm(n, 1000, 35), 1)                      # far from 0, so that the design is not well scaled
load <- round(rexp(n, 1 / 3), 3)
night <- rbinom(n, 1, 0.35)
weight <- sample(0:4, n, replace = TRUE) / 2
exposure <- round(runif(n, 0.5, 8), 2)
hours <- round(12 + 0.04 * (age - 1000) + 1.5 * load - 4 * night + (1 + 0.4 * load) * rt(n, 4), 4)
breach <- rbinom(n, 1, plogis(-0.4 + 0.01 * (age - 1000) + 0.3 * load - 0.8 * night))
count <- rpois(n, exposure * exp(0.3 + 0.004 * (age - 1000) - 0.08 * load + 0.5 * night))
d <- data.frame(age, load, night, weight, exposure, hours, breach, count)
write.csv(d, "regression_data.csv", row.names = FALSE, quote = FALSE)

f <- function(name, x) cat(name, sprintf("%.17g", as.numeric(x)), "\n")
all <- function(key, m, V) { f(paste0(key, ".coefficients"), coef(m)); f(paste0(key, ".covariance"), V) }
for (w in c("plain", "weighted")) {
  d$wt <- if (w == "plain") rep(1, n) else weight
  used <- d[d$wt > 0, ]                                  # rq and gam count rows of weight 0, lm and glm do not
  m <- lm(hours ~ age + load + night, d, weights = wt)
  key <- paste0("linear.", w)
  all(key, m, vcov(m))
  f(paste0(key, ".loglik"), logLik(m)); f(paste0(key, ".df"), df.residual(m))
  f(paste0(key, ".sigma"), summary(m)$sigma); f(paste0(key, ".rsquared"), summary(m)$r.squared)
  f(paste0(key, ".origin.rsquared"), summary(lm(hours ~ age + load + night - 1, d, weights = wt))$r.squared)

  X <- as.matrix(used[, c("age", "load", "night")])
  penalty <- list(X = list(diag(c(900, 20, 3)), sp = 1))
  m <- gam(hours ~ X, data = used, weights = wt, paraPen = penalty, method = "GCV.Cp")
  key <- paste0("ridge.", w)
  all(key, m, m$Ve)
  f(paste0(key, ".edf"), sum(m$edf)); f(paste0(key, ".gcv"), m$gcv.ubre); f(paste0(key, ".sigma"), sqrt(m$sig2))
  m <- gam(hours ~ X, data = used, weights = wt, paraPen = penalty, method = "REML")
  f(paste0(key, ".marginal"), -m$gcv.ubre)

  exact <- glm.control(epsilon = 1e-15, maxit = 100)
  m <- glm(breach ~ age + load + night, binomial, d, weights = wt, control = exact)
  m <- suppressWarnings(update(m, start = coef(m)))      # one more step, so that vcov belongs to the last coefficients
  all(paste0("logistic.", w), m, vcov(m)); f(paste0("logistic.", w, ".loglik"), sum(used$wt *
    dbinom(used$breach, 1, fitted(m)[d$wt > 0], log = TRUE)))
  f(paste0("logistic.", w, ".df"), df.residual(m))

  X <- model.matrix(~ age + load + night, used)           # Newton's method on the penalised likelihood itself
  S <- diag(c(0, 5, 2, 1)); b <- rep(0, 4)
  for (k in 1:60) {
    mu <- drop(plogis(X %*% b)); H <- crossprod(X * (used$wt * mu * (1 - mu)), X)
    b <- b + drop(solve(H + S, crossprod(X, used$wt * (used$breach - mu)) - S %*% b, tol = 0))
  }
  A <- solve(H + S, tol = 0)
  f(paste0("penalized.", w, ".coefficients"), b); f(paste0("penalized.", w, ".covariance"), A %*% H %*% A)
  f(paste0("penalized.", w, ".edf"), sum(diag(A %*% H)))

  m <- glm(count ~ age + load + night + offset(log(exposure)), poisson, d, weights = wt, control = exact)
  m <- suppressWarnings(update(m, start = coef(m)))
  all(paste0("poisson.", w), m, vcov(m)); f(paste0("poisson.", w, ".loglik"), logLik(m))
  f(paste0("poisson.", w, ".df"), df.residual(m))

  for (tau in c(0.1, 0.25, 0.5, 0.9)) {
    m <- rq(hours ~ age + load + night, tau = tau, data = used, weights = wt)
    all(paste0("quantile.", w, ".", tau), m, summary(m, se = "nid", covariance = TRUE)$cov)
    f(paste0("quantile.", w, ".", tau, ".loss"), sum(used$wt * ifelse(resid(m) > 0, tau, tau - 1) * resid(m)))
    if (w == "plain") f(paste0("quantile.", w, ".", tau, ".loglik"), logLik(m))
  }
}
for (tau in c(0.1, 0.5, 0.9)) {                           # many ties: the solution need not be unique, its loss is
  r <- suppressWarnings(resid(rq(round(hours / 4) ~ pmin(round(load), 4) + night, tau = tau, data = d)))
  f(paste0("tied.", tau, ".loss"), sum(ifelse(r > 0, tau, tau - 1) * r))
}
m <- lm.ridge(hours ~ age + load + night, d, lambda = 7) # its penalty is on columns divided by their root mean square
f("massridge.coefficients", coef(m)); f("massridge.scales", m$scales)
