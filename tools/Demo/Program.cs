using BetterConnections.Demo;

// The programme's main job from beginning to end, through the gateway's public API, with accounts of the right roles.
// Started by ./bc up --demo; it is also the end-to-end test: any expectation that fails ends it with exit code 1.

if (args is not ["--gateway", var address] || Environment.GetEnvironmentVariable("BC_ADMIN_USER") is not { } userName
    || Environment.GetEnvironmentVariable("BC_ADMIN_PASSWORD") is not { } password)
{
    Console.Error.WriteLine("Usage: BC_ADMIN_USER=… BC_ADMIN_PASSWORD=… BetterConnections.Demo --gateway http://127.0.0.1:8480");
    return 2;
}

using var gateway = new HttpClient { BaseAddress = new Uri(address), Timeout = TimeSpan.FromMinutes(2) };
var people = new People(gateway, new Person(gateway, userName, password));
try
{
    Story.Chapter("People");
    if (!await people.ArriveAsync())
    {
        Console.WriteLine("  The demonstration was played on this system already. ./bc down --wipe deletes its data, and ./bc up --demo plays it again.");
        return 0;
    }

    var (volunteers, assignments) = (new Volunteers(people), new Assignments(people));
    await volunteers.WelcomeFirstAsync();
    // One address may register one account a second, so this goes on beside the chapters that follow.
    const int trainers = 60; // all teach at the same hour once, so some more than facilities
    var welcoming = volunteers.WelcomeTrainersAsync(trainers);

    Story.Chapter("Donations arrive");
    var donations = new Donations(people);
    await donations.ReceiveAllAsync();

    Story.Chapter("Machines go through wipe, club, licence and into stock");
    var workshop = new Workshop(people, donations.WarehouseId);
    await workshop.OpenAsync();
    var inStock = await workshop.ProcessAsync();

    Story.Chapter("Employers enroll and prepare rooms");
    const int servedLater = 4, waiting = 10;
    var kits = inStock.Computers / 10;
    var facilities = new Facilities(people, volunteers, assignments);
    await facilities.PrepareAsync(kits + servedLater + waiting);

    Story.Chapter("Kits go out and facilities open");
    var deliveries = new Deliveries(people);
    // Two machines of the first kit do not arrive whole, and the kits take all others that make a ten.
    var open = (inStock.Computers - 2) / 10;
    await deliveries.DeliverAsync(facilities.Ready, open);

    Story.Chapter("Another donation, and the line is served");
    await donations.ReceiveAnotherAsync(40);
    var added = await workshop.ProcessAsync();
    await deliveries.DeliverAsync(facilities.Ready, (inStock.Computers - 2 + added.Computers) / 10 - open);
    var matching = new Matching(people, volunteers, assignments); // from now on all facilities can have sessions

    Story.Chapter("Volunteers learn to teach");
    await welcoming;
    Story.Tell($"{trainers + 1} volunteers had registered themselves meanwhile; {trainers} were screened and one rejected");
    await new TrainTheTrainer(people, volunteers).HoldAsync();

    Story.Chapter("Facilities get their volunteers");
    var lessons = await matching.StaffAsync(deliveries.Facilities);

    Story.Chapter("Workers learn");
    var sessions = new Sessions(people, matching.FirstHour);
    await sessions.JoinAsync(lessons);
    var planned = await sessions.PlanAsync(lessons);
    await sessions.ScanAsync(planned);

    Story.Chapter("What volunteers find on site");
    var visits = new SiteVisits(people);
    await visits.VisitAsync(lessons);
    await visits.MendAsync(lessons[0]);

    Story.Chapter("What strangers can check");
    var proofs = new Proofs(people, gateway.BaseAddress);
    await proofs.CheckCertificatesAsync();
    await proofs.CheckCalendarsAsync(lessons[0]);
    await proofs.CheckPapersAsync(lessons[0]);

    Story.Chapter("Sessions are closed");
    await sessions.CloseAsync(planned);

    Story.Chapter("What difference it makes, with simulated respondents");
    var (teams, account) = (new FieldTeams(people, gateway), new ProgrammeAccount(people));
    await account.CountsAsync("workers-joined", sessions.Workers);
    await teams.EquipAsync();
    await teams.EquipVolunteersAsync(volunteers);
    var survey = new Survey(people, teams);
    await survey.AskBeforeAsync();
    await survey.AskAfterAsync();
    await survey.CheckAsync();
    await teams.LoseAPhoneAsync();
    var findings = new Findings(people);
    await findings.ComputeAsync();
    await findings.ShowAsync();

    Story.Chapter("What was given, and what came of it");
    await account.EnterAsync();
    await account.PublishAsync();

    var balance = new Balance(people);
    await balance.PrintAsync(donations, deliveries);
    await balance.PrintAsync(volunteers, visits, 2 * facilities.Ready.Count + 3 * lessons.Count);
    await balance.PrintAsync(volunteers, sessions, deliveries);
    proofs.PrintWhereToLook();
    return 0;
}
catch (DemoFailed failed)
{
    Console.Error.WriteLine($"\nThe demonstration failed after {Story.Clock.Elapsed.TotalSeconds:0.0} s. {failed.Message}");
    return 1;
}
