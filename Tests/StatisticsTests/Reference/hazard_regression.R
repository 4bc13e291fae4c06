# Frozen fits of the piecewise-exponential hazard. Rscript hazard_regression.R > hazard_regression.txt; R 4.2.2.
# Writes hazard_data.csv (the generated rows) and prints what stands in hazard_regression.txt.
# One row per subject and interval of age in ln(1 + hours), Poisson with offset log(exposure); the pseudo event of each
# interval is a row of its own without covariates. The baselines are ordinary parameters here, not profiled out.
set.seed(20250311)
n <- 160
load <- round(rnorm(n), 3)
urgent <- rbinom(n, 1, 0.35)
entry <- round(sort(runif(n, 0, 90)), 2)
true <- exp(3 + 0.5 * load - 0.8 * urgent + rnorm(n))
limit <- pmin((100 - entry) * 24, rexp(n, 1 / 150))
hours <- round(pmin(true, limit), 3) + 0.0005             # never on a boundary
event <- as.integer(true <= limit)
write.csv(data.frame(hours, event, entry, load, urgent), "hazard_data.csv", row.names = FALSE, quote = FALSE)

now <- 100
boundaries <- c(0, 2, 8, 24, 72, 200)
logs <- log1p(boundaries)
bands <- list(1:2, 3:5)
f <- function(name, x) cat(name, sprintf("%.17g", as.numeric(x)), "\n")

rows <- function(band, half_life) {
  parts <- do.call(rbind, lapply(seq_len(n), function(i) do.call(rbind, lapply(band, function(k) {
    age <- log1p(hours[i])
    if (age <= logs[k]) return(NULL)
    ends <- age < logs[k + 1] || k == 5
    part <- (age - logs[k]) / (logs[k + 1] - logs[k])
    if (k < 5) part <- min(1, part)
    end <- entry[i] + (if (ends) hours[i] else boundaries[k + 1]) / 24
    data.frame(y = if (ends) event[i] else 0, part, k, load = load[i], urgent = urgent[i],
               w = 2^(-max(0, now - end) / half_life))
  }))))
  prior <- (sum(parts$w * parts$part) + 1) / (sum(parts$w * parts$y) + 1)
  rbind(parts, data.frame(y = 1, part = prior, k = band, load = 0, urgent = 0, w = 1))
}

# Maximises Σ w (y log μ − μ) − ½ Σ λ b² by iteratively reweighted least squares, the penalty as rows of the QR.
fit <- function(d, lambda) {
  x <- cbind(outer(d$k, sort(unique(d$k)), "==") * 1, d$load, d$urgent)
  penalty <- c(rep(0, ncol(x) - 2), lambda)
  b <- rep(0, ncol(x))
  for (iteration in 1:200) {
    mu <- exp(drop(x %*% b)) * d$part
    z <- drop(x %*% b) + (d$y - mu) / mu
    s <- sqrt(d$w * mu)
    next_b <- qr.coef(qr(rbind(x * s, diag(sqrt(penalty)))), c(z * s, rep(0, ncol(x))))
    done <- max(abs(next_b - b)) < 1e-14
    b <- next_b
    if (done) break
  }
  mu <- exp(drop(x %*% b)) * d$part
  v <- diag(solve(crossprod(x * sqrt(d$w * mu)) + diag(penalty)))
  m <- length(b) - 2
  # The value leaves out the log exposures, which do not depend on the parameters.
  list(a = b[seq_len(m)], b = b[m + 1:2], v = v[m + 1:2],
       value = sum(d$w * (d$y * (drop(x %*% b)) - mu)) - sum(penalty * b^2) / 2)
}

for (half_life in c(Inf, 30)) for (ridge in c("plain", "ridge")) {
  lambda <- if (ridge == "plain") c(0, 0) else c(4, 1.5)
  key <- paste(if (is.finite(half_life)) "fading" else "steady", ridge, sep = ".")
  fits <- lapply(bands, function(band) fit(rows(band, half_life), lambda))
  if (ridge == "plain") for (i in 1:2) {                   # glm must say the same where it can
    d <- rows(bands[[i]], half_life)
    g <- suppressWarnings(glm(y ~ 0 + factor(k) + load + urgent + offset(log(part)), poisson, d, weights = w,
                              control = glm.control(epsilon = 1e-15, maxit = 100)))
    stopifnot(max(abs(unname(coef(g)) - c(fits[[i]]$a, fits[[i]]$b))) < 1e-9)
    stopifnot(max(abs(unname(diag(vcov(g)))[-seq_along(bands[[i]])] / fits[[i]]$v - 1)) < 1e-6)
  }
  for (i in 1:2) {
    f(paste0(key, ".coefficients.", i), fits[[i]]$b)
    f(paste0(key, ".variances.", i), fits[[i]]$v)
  }
  f(paste0(key, ".baselines"), c(fits[[1]]$a, fits[[2]]$a))
  f(paste0(key, ".objective"), fits[[1]]$value + fits[[2]]$value)
}
