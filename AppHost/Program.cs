// The map of the system. `dotnet run --project AppHost` runs it with Docker; `aspire publish` writes it as a Docker Compose file.
var builder = DistributedApplication.CreateBuilder(args);
builder.AddDockerComposeEnvironment("compose");

// Where people reach the gateway. Tokens name it as their issuer, so it is the address that browsers see, not an inner one.
var publicAddress = builder.AddParameter("public-address");
// Both cases, a digit and a sign. The dashboard asks for it; `dotnet user-secrets set Parameters:administrator-password …` spares the question.
var administratorPassword = builder.AddParameter("administrator-password", secret: true);

var postgres = builder.AddPostgres("postgres").WithDataVolume().WithLifetime(ContainerLifetime.Persistent)
    .WithArgs("-c", "max_connections=620"); // Npgsql opens up to a hundred for each of the six services
var messaging = builder.AddRabbitMQ("messaging").WithDataVolume().WithManagementPlugin().WithLifetime(ContainerLifetime.Persistent);

var identity = AddService<Projects.Identity>("identity")
    .WithEnvironment("Identity__Issuer", publicAddress)
    .WithEnvironment("Identity__FirstAdministrator__UserName", "admin@betterconnections.local")
    .WithEnvironment("Identity__FirstAdministrator__Password", administratorPassword);
var enrollment = AddService<Projects.Enrollment>("enrollment").WithReference(messaging).WaitFor(messaging);
var inventory = AddService<Projects.Inventory>("inventory").WithReference(messaging).WaitFor(messaging)
    .WithEnvironment("Programme__PublicUrl", publicAddress); // in QR codes and certificates
var volunteer = AddService<Projects.Volunteer>("volunteer").WithReference(messaging).WaitFor(messaging)
    .WithEnvironment("Programme__PublicUrl", publicAddress); // in calendar addresses
var training = AddService<Projects.Training>("training").WithReference(messaging).WaitFor(messaging)
    .WithEnvironment("Programme__PublicUrl", publicAddress); // in certificates, for good
var evaluation = AddService<Projects.Evaluation>("evaluation").WithReference(messaging).WaitFor(messaging)
    .WithEnvironment("Programme__PublicUrl", publicAddress); // in what registers of results take over
if (builder.ExecutionContext.IsPublishMode)
{
    // 32 bytes in base64; without it what signs tokens, certificates and webhooks lies open in the databases.
    var keyEncryptionKey = builder.AddParameter("key-encryption-key", secret: true);
    identity.WithEnvironment("Identity__KeyEncryptionKey", keyEncryptionKey);
    training.WithEnvironment("Training__KeyEncryptionKey", keyEncryptionKey);
    evaluation.WithEnvironment("Evaluation__KeyEncryptionKey", keyEncryptionKey);
}

var gateway = builder.AddProject<Projects.Gateway>("gateway")
    .WithHttpHealthCheck("/health")
    .WithExternalHttpEndpoints();

foreach (var service in new[] { identity, enrollment, inventory, volunteer, training, evaluation })
    gateway.WithReference(service).WaitFor(service);

foreach (var project in new[] { identity, enrollment, inventory, volunteer, training, evaluation, gateway })
    project
        .WithEnvironment("Authentication__Authority", publicAddress)
        // The keys that tokens are checked with are read from within, over the inner network.
        .WithEnvironment("Authentication__MetadataAddress", ReferenceExpression.Create($"{identity.GetEndpoint("http")}/.well-known/openid-configuration"))
        .WithEnvironment("Authentication__RequireHttps", "false");

builder.Build().Run();

// A service and the database that is its own.
IResourceBuilder<ProjectResource> AddService<TProject>(string name) where TProject : IProjectMetadata, new()
{
    var database = postgres.AddDatabase($"{name}db");
    return builder.AddProject<TProject>(name)
        .WithReference(database)
        .WaitFor(database)
        .WithHttpHealthCheck("/health");
}
