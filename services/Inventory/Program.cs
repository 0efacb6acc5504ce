using BetterConnections.Contracts;
using BetterConnections.Inventory;
using BetterConnections.Inventory.Devices;
using BetterConnections.Inventory.Kits;
using BetterConnections.Inventory.Locations;
using BetterConnections.Messaging;
using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults("inventory");
builder.AddPostgres<InventoryDb>("inventorydb");
builder.AddMessaging<InventoryDb>("inventory", typeof(KitReserved).Assembly);
builder.Services.AddValidation();
builder.Services.AddSingleton(builder.Configuration.GetSection("Programme").Get<ProgrammeSettings>() ?? new());

var app = builder.Build();
app.UseServiceDefaults();
app.UseIdempotencyKeys();
app.MapDevices();
app.MapLocations();
app.MapKits();
app.MapMessaging("inventory", Access.ForRoles(Roles.Operator));
await app.MigrateAsync<InventoryDb>();
await app.RunAsync();
