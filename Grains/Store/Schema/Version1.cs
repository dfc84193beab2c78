namespace Sweeper.Grains.Store.Schema;

/// <summary>The first schema.</summary>
internal static class Version1
{
    /// <summary>Creates every table.</summary>
    public const string Script = """
        CREATE TABLE schema_version (
            version {integer} PRIMARY KEY,
            applied_at {time} NOT NULL
        );

        CREATE TABLE sweeps (
            name {text} PRIMARY KEY,
            status {text} NOT NULL,
            status_reason {text},
            created_at {time} NOT NULL,
            updated_at {time} NOT NULL,
            model {text} NOT NULL,
            data_set {text} NOT NULL,
            trials {integer} NOT NULL,
            ended {integer} NOT NULL,
            best_accuracy {real},
            sequence {integer} NOT NULL,
            spec {json} NOT NULL
        );

        CREATE TABLE sweep_events (
            sweep {text} NOT NULL REFERENCES sweeps (name) ON DELETE CASCADE,
            sequence {integer} NOT NULL,
            happened_at {time} NOT NULL,
            kind {text} NOT NULL,
            payload {json} NOT NULL,
            PRIMARY KEY (sweep, sequence)
        );

        CREATE TABLE cells (
            sweep {text} NOT NULL REFERENCES sweeps (name) ON DELETE CASCADE,
            number {integer} NOT NULL,
            batch_size {integer} NOT NULL,
            weight_decay {real} NOT NULL,
            dropout {real} NOT NULL,
            status {text} NOT NULL,
            attempts {integer} NOT NULL,
            outcome_kind {text},
            verdict {text},
            max_learning_rate {real},
            min_learning_rate {real},
            valley {real},
            slide {real},
            minimum {real},
            steep {real},
            best_accuracy {real},
            seconds {real},
            outcome {json},
            run {json},
            PRIMARY KEY (sweep, number)
        );

        CREATE TABLE trials (
            sweep {text} NOT NULL REFERENCES sweeps (name) ON DELETE CASCADE,
            number {integer} NOT NULL,
            cell {integer} NOT NULL,
            max_learning_rate {real} NOT NULL,
            batch_size {integer} NOT NULL,
            weight_decay {real} NOT NULL,
            dropout {real} NOT NULL,
            replicate {integer} NOT NULL,
            seed {integer} NOT NULL,
            status {text} NOT NULL,
            attempts {integer} NOT NULL,
            outcome_kind {text},
            train_loss {real},
            validation_loss {real},
            validation_accuracy {real},
            test_loss {real},
            test_accuracy {real},
            worker {text},
            device {text},
            started_at {time},
            seconds {real},
            steps {integer},
            epochs {real},
            images_per_second {real},
            outcome {json},
            run {json},
            PRIMARY KEY (sweep, number)
        );

        CREATE TABLE attempts (
            sweep {text} NOT NULL REFERENCES sweeps (name) ON DELETE CASCADE,
            job_kind {text} NOT NULL,
            job_number {integer} NOT NULL,
            attempt {integer} NOT NULL,
            worker {text} NOT NULL,
            started_at {time} NOT NULL,
            ended_at {time},
            ended_as {text},
            reason {text},
            PRIMARY KEY (sweep, job_kind, job_number, attempt)
        );

        CREATE TABLE curves (
            sweep {text} NOT NULL REFERENCES sweeps (name) ON DELETE CASCADE,
            job_kind {text} NOT NULL,
            job_number {integer} NOT NULL,
            attempt {integer} NOT NULL,
            points {integer} NOT NULL,
            data {bytes} NOT NULL,
            PRIMARY KEY (sweep, job_kind, job_number)
        );
        """;
}
