# Prints the coefficients of lm on each set of the file given as argument, with two tolerances for collinear columns.
options(digits = 17)
lines <- readLines(commandArgs(TRUE)[1])
report <- function(name, model, rows) {
  y <- rows[, 1]; x <- rows[, -1, drop = FALSE]; words <- strsplit(model, " ")[[1]]
  if (words[1] == "polynomial") x <- x[, 1]
  for (tolerance in c(1e-7, 1e-20)) {
    fit <- switch(words[1],
      origin = lm(y ~ x - 1, tol = tolerance),
      linear = lm(y ~ x, tol = tolerance),
      polynomial = {
        terms <- paste0("I(x^", seq_len(as.integer(words[2])), ")", collapse = " + ")
        lm(as.formula(paste("y ~", terms)), tol = tolerance)
      })
    cat(name, tolerance, sprintf("%.17g", coef(fit)), "\n")
  }
}
name <- model <- NULL; rows <- NULL
for (line in c(lines, "")) {
  words <- strsplit(line, " ")[[1]]
  if (length(words) == 0 && !is.null(rows)) { report(name, model, rows); rows <- NULL }
  else if (length(words) > 0 && words[1] == "set") name <- words[2]
  else if (length(words) > 0 && words[1] == "model") model <- paste(words[-1], collapse = " ")
  else if (length(words) > 0 && words[1] == "data") rows <- rbind(rows, as.numeric(words[-1]))
}
