using BetterConnections.Testing;

namespace BetterConnections.Volunteers.Tests;

public class SchemaTests
{
    [Fact]
    public Task The_migrations_build_what_the_model_says() => Schema.AssertMigrationsBuildAsync<VolunteerDb>(options => new VolunteerDb(options),
        "constraint shifts volunteer_double_booked", "index CREATE INDEX volunteer_double_booked",
        "constraint visits visit_overlaps", "index CREATE INDEX visit_overlaps");
}
