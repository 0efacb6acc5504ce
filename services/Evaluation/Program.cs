using BetterConnections.Contracts;
using BetterConnections.Evaluation;
using BetterConnections.Evaluation.Instruments;
using BetterConnections.Evaluation.Webhooks;
using BetterConnections.Messaging;
using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults("evaluation");
builder.AddPostgres<EvaluationDb>("evaluationdb");
builder.AddMessaging<EvaluationDb>("evaluation", typeof(KitReserved).Assembly);
builder.Services.AddValidation();
builder.Services.AddSingleton(new KeySeal(builder.Configuration["Evaluation:KeyEncryptionKey"], "Evaluation:KeyEncryptionKey"));
builder.AddWebhooks();

var app = builder.Build();
app.UseServiceDefaults();
app.UseIdempotencyKeys();
app.MapInstruments();
app.MapWebhooks();
app.MapMessaging("evaluation", Access.ForRoles(Roles.Operator));
await app.MigrateAsync<EvaluationDb>();
await ShippedInstruments.ImportAsync(app.Services);
await app.RunAsync();
