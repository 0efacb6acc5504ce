using BetterConnections.Testing;

namespace BetterConnections.Training.Tests;

public class SchemaTests
{
    [Fact]
    public Task The_migrations_build_what_the_model_says() => Schema.AssertMigrationsBuildAsync<TrainingDb>(options => new TrainingDb(options),
        "column attachment_contents.content ", // read as a stream only
        "constraint sessions room_taken ", "constraint sessions trainer_taken ", "index CREATE INDEX room_taken ", "index CREATE INDEX trainer_taken ");
}
