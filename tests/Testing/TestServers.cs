namespace BetterConnections.Testing;

/// <summary>The real PostgreSQL and RabbitMQ that tests run against. <c>./bc test</c> starts them; <c>eval "$(./bc test --servers)"</c> for an IDE.</summary>
public static class TestServers
{
    /// <summary>Npgsql connection string of a superuser.</summary>
    public static string Postgres => Required("BC_TEST_POSTGRES");
    public static Uri RabbitMq => new(Required("BC_TEST_RABBITMQ"));
    public static Uri RabbitMqManagement => new(Required("BC_TEST_RABBITMQ_MANAGEMENT"));

    private static string Required(string name) => Environment.GetEnvironmentVariable(name)
        ?? throw new InvalidOperationException($"{name} is not set. Run ./bc test, or: eval \"$(./bc test --servers)\"");
}
