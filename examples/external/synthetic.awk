#!/usr/bin/awk -f
# A synthetic objective in place of a network: SGD with momentum on a noisy quadratic bowl, some directions of which are
# steeper than others. It needs nothing but awk, runs in a moment, and has what makes learning rates interesting: too small a
# rate leaves the flat directions where they are, too large a one diverges along the steepest.
#
# It shows all that a trainer has to do: read the job, follow the schedule step for step, report, and go on from a checkpoint.

BEGIN {
    read_job(ENVIRON["SWEEPER_CONFIG"])
    metrics = ENVIRON["SWEEPER_METRICS"]
    checkpoint = ENVIRON["SWEEPER_CHECKPOINT_DIR"] "/weights"
    steps = job["steps"] + 0
    classes = job["classes"] + 0
    split(job["learning_rate"], rate, /, */)
    split(job["momentum"], momentum, /, */)
    list(job["validate_at"], validate_at)
    list(job["test_at"], test_at)

    directions = 8
    for (i = 1; i <= directions; i++) {
        curvature[i] = 2 ^ (1 - i)
        weight[i] = 1.5
        velocity[i] = 0
    }
    first = resume()
    srand(job["seed"] * 1000 + first)

    for (step = first + 1; step <= steps; step++) {
        train(rate[step], momentum[step])
        value = loss()
        line = sprintf("{\"step\": %d, \"loss\": %s", step, number(value))
        if (step in validate_at) line = line held_out("validation", value)
        if (step in test_at) line = line held_out("test", value)
        print line "}" >> metrics
        fflush(metrics)
        if (step % 50 == 0) save(step)
        if (value > 1e30) exit 0 # it has diverged, and has said so
    }
}

# Keys and values of the job's file: each member of it stands on a line of its own.
function read_job(file,    line, key) {
    while ((getline line < file) > 0) {
        if (match(line, /^ *"[a-z_0-9]+": /)) {
            key = substr(line, 1, RLENGTH)
            gsub(/[ ":]/, "", key)
            line = substr(line, RSTART + RLENGTH)
            gsub(/^\[|\]?,?$|"/, "", line)
            job[key] = line
        }
    }
}

function list(text, set,    parts, n, i) {
    n = split(text, parts, /, */)
    for (i = 1; i <= n; i++) set[parts[i] + 0] = 1
}

function train(lr, m,    i, noise, gradient) {
    for (i = 1; i <= directions; i++) {
        noise = (rand() + rand() + rand() - 1.5) / sqrt(job["batch_size"])
        gradient = curvature[i] * weight[i] + noise + job["weight_decay"] * weight[i]
        velocity[i] = m * velocity[i] + gradient
        weight[i] -= lr * velocity[i]
    }
}

function loss(    i, sum) {
    for (i = 1; i <= directions; i++) sum += curvature[i] * weight[i] ^ 2 / 2
    return sum > 1e30 ? 1e31 : sum
}

# Accuracy falls from nearly one to chance as the loss rises.
function held_out(part, value) {
    return sprintf(", \"%s_loss\": %s, \"%s_accuracy\": %.17g", part, number(value), part, 1 / classes + (1 - 1 / classes) * exp(-value < -700 ? -700 : -value))
}

function number(value) {
    return value > 1e30 ? "Infinity" : sprintf("%.17g", value)
}

function save(step,    i) {
    printf "%d", step > checkpoint
    for (i = 1; i <= directions; i++) printf " %.17g %.17g", weight[i], velocity[i] > checkpoint
    print "" > checkpoint
    close(checkpoint)
}

function resume(    line, parts, i) {
    if ((getline line < checkpoint) <= 0) return 0
    close(checkpoint)
    split(line, parts, " ")
    for (i = 1; i <= directions; i++) {
        weight[i] = parts[2 * i]
        velocity[i] = parts[2 * i + 1]
    }
    return parts[1] + 0
}
