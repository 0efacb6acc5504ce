using BetterConnections.Contracts;
using BetterConnections.Messaging;
using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;
using BetterConnections.Training;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults("training");
builder.AddPostgres<TrainingDb>("trainingdb");
builder.AddMessaging<TrainingDb>("training", typeof(KitReserved).Assembly);
builder.Services.AddValidation();
builder.Services.AddSingleton(ProgrammeSettings.Read(builder.Configuration));

var app = builder.Build();
app.UseServiceDefaults();
app.UseIdempotencyKeys();
app.MapMessaging("training", Access.ForRoles(Roles.Operator));
await app.MigrateAsync<TrainingDb>();
await app.RunAsync();
