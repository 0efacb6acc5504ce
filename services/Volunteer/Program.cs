using BetterConnections.Contracts;
using BetterConnections.Messaging;
using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;
using BetterConnections.Volunteers;
using BetterConnections.Volunteers.Availability;
using BetterConnections.Volunteers.Certifications;
using BetterConnections.Volunteers.Messages;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults("volunteer");
builder.AddPostgres<VolunteerDb>("volunteerdb");
builder.AddMessaging<VolunteerDb>("volunteer", typeof(KitReserved).Assembly);
builder.Services.AddValidation();
builder.Services.AddSingleton(builder.Configuration.GetSection("Programme").Get<ProgrammeSettings>() ?? new());
builder.AddMessages();
builder.Services.AddSingleton<ExpiryReminders>();
builder.Services.AddHostedService(services => services.GetRequiredService<ExpiryReminders>());

var app = builder.Build();
app.UseServiceDefaults();
app.UseIdempotencyKeys();
app.MapVolunteers();
app.MapAvailability();
app.MapMessages();
app.MapMessaging("volunteer", Access.ForRoles(Roles.Operator));
await app.MigrateAsync<VolunteerDb>();
await app.RunAsync();
