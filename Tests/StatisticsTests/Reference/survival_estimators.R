# Frozen fits of the survival estimators. Rscript survival_estimators.R; R 4.2.2, survival 3.5-3.
# Writes survival_data.csv (the generated rows) and prints what stands in survival_estimators.txt.
suppressMessages(library(survival))
set.seed(20240517)
n <- 120
age <- round(rnorm(n, 60, 9), 1)
group <- rbinom(n, 1, 0.4)
load <- round(rexp(n, 1 / 3), 2)
weight <- sample(1:3, n, replace = TRUE) / 2
true <- exp(4 - 0.03 * (age - 60) + 0.5 * group - 0.1 * load + 0.8 * log(rexp(n)))
limit <- runif(n, 20, 120)
time <- pmax(1, ceiling(pmin(true, limit) / 2) * 2)    # a grid, so that there are ties
event <- as.integer(true <= limit)
d <- data.frame(time, event, age, group, load, weight)
write.csv(d, "survival_data.csv", row.names = FALSE, quote = FALSE)

f <- function(name, x) cat(name, sprintf("%.17g", as.numeric(x)), "\n")
exact <- survreg.control(rel.tolerance = 1e-15, maxiter = 200, outer.max = 200)
for (dist in c("weibull", "lognormal", "loglogistic")) for (w in c("plain", "weighted")) {
  wt <- if (w == "plain") rep(1, n) else weight
  m <- survreg(Surv(time, event) ~ age + group + load, d, weights = wt, dist = dist, control = exact)
  key <- paste0("aft.", dist, ".", w)
  f(paste0(key, ".coefficients"), coef(m))
  f(paste0(key, ".logscale"), log(m$scale))
  f(paste0(key, ".se"), sqrt(diag(vcov(m))))
  f(paste0(key, ".loglik"), m$loglik[2])
}
for (ties in c("efron", "breslow")) for (w in c("plain", "weighted")) {
  wt <- if (w == "plain") rep(1, n) else weight
  m <- coxph(Surv(time, event) ~ age + group + load, d, weights = wt, ties = ties, robust = FALSE,
             control = coxph.control(eps = 1e-14, toler.chol = 1e-15, iter.max = 100))
  key <- paste0("cox.", ties, ".", w)
  f(paste0(key, ".coefficients"), coef(m))
  f(paste0(key, ".se"), sqrt(diag(vcov(m))))
  f(paste0(key, ".loglik"), m$loglik)
  h <- basehaz(m, centered = FALSE)
  f(paste0(key, ".times"), h$time)
  f(paste0(key, ".hazard"), h$hazard)
}
for (w in c("plain", "weighted")) {
  wt <- if (w == "plain") rep(1, n) else weight
  s <- survfit(Surv(time, event) ~ 1, d, weights = wt, robust = FALSE)
  key <- paste0("km.", w)
  f(paste0(key, ".times"), s$time)
  f(paste0(key, ".survival"), s$surv)
  f(paste0(key, ".se"), s$std.err * s$surv)
  f(paste0(key, ".atrisk"), s$n.risk)
  f(paste0(key, ".quantiles"), quantile(s, c(0.1, 0.25, 0.5), conf.int = FALSE))
}
# Ridge penalties theta / 2 * sum(b^2) on the raw columns; only the coefficients, as R reports another variance.
m <- coxph(Surv(time, event) ~ ridge(age, group, load, theta = 3, scale = FALSE), d,
           control = coxph.control(eps = 1e-14, toler.chol = 1e-15, iter.max = 100))
f("ridge.cox", coef(m))
m <- survreg(Surv(time, event) ~ ridge(age, group, load, theta = 3, scale = FALSE), d, dist = "weibull", control = exact)
f("ridge.aft", coef(m))
# One row per subject and interval (b[k], b[k + 1]] that it entered; one censored inside an interval does not count in it.
b <- c(0, 6, 14, 30, 50, 80)
rows <- do.call(rbind, lapply(seq_len(n), function(i) {
  k <- findInterval(time[i], b, left.open = TRUE)      # the interval that holds the time, 6 beyond the last
  last <- if (k > 5) 5 else if (event[i] == 1) k else if (time[i] == b[k + 1]) k else k - 1
  if (last == 0) return(NULL)
  y <- rep(0, last); if (event[i] == 1 && k <= 5) y[last] <- 1
  data.frame(y, interval = seq_len(last), age = age[i], group = group[i], load = load[i], weight = weight[i])
}))
rows$interval <- factor(rows$interval)
cat("discrete.rows", nrow(rows), "\n")
for (link in c("cloglog", "logit")) for (w in c("plain", "weighted")) {
  rows$wt <- if (w == "plain") 1 else rows$weight
  m <- suppressWarnings(glm(y ~ 0 + interval + age + group + load, binomial(link), rows, weights = wt,
                            control = glm.control(epsilon = 1e-16, maxit = 200)))
  m <- suppressWarnings(update(m, start = coef(m)))
  key <- paste0("discrete.", link, ".", w)
  p <- fitted(m)
  f(paste0(key, ".coefficients"), coef(m))
  f(paste0(key, ".se"), sqrt(diag(summary(m, dispersion = 1)$cov.scaled)))
  f(paste0(key, ".loglik"), sum(rows$wt * ifelse(rows$y == 1, log(p), log1p(-p))))
}
