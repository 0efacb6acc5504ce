using BetterConnections.Testing;

namespace BetterConnections.Portal.Tests;

/// <summary>Who came: by the card, typed or before the camera, also where there is no signal.</summary>
public class AttendanceTests(Portal portal, Teacher teacher) : PortalTest(portal), IClassFixture<Teacher>
{
    [Fact]
    public async Task A_visit_and_its_attendance_recorded_without_a_connection_survive_a_closed_browser_and_count_exactly_once()
    {
        var (session, cards) = (await teacher.PlanAsync(), await teacher.JoinAsync(3));
        var page = await OnPhone().AsAsync(teacher.Person);
        await page.IsInstalledAsync();
        await page.KeepsAsync($"attendance {session}"); // the start alone reads ahead what the day needs
        await page.KeepsAsync($"visits {teacher.Assignment}");
        await page.KeepsAsync("lessons keeping-in-touch hi");
        await page.GoOfflineAsync();
        var before = await VisitsAsync();

        await page.GotoAsync($"/volunteer/assignments/{teacher.Assignment}");
        await Expect(page.GetByText("because there is no connection")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Check in" }).DblClickAsync();
        await Expect(page.GetByText("You are here since")).ToBeVisibleAsync();

        await page.GotoAsync($"/volunteer/sessions/{session}");
        await ScanAsync(page, cards[0], "is here.");
        await ScanAsync(page, $"https://cards.example/{cards[1].ToLowerInvariant()}", "is here."); // as the QR code on a card has it
        await ScanAsync(page, cards[0], "is marked already.");
        await ScanAsync(page, "W-000001-8", "misread"); // the programme's own end in a check character
        await ScanAsync(page, cards[2], "is here.");
        await page.GetByRole(AriaRole.Button, new() { Name = $"Undo {cards[2]}" }).ClickAsync();
        await Expect(page.GetByText("3 still to be sent").First).ToBeVisibleAsync();
        await page.HasNoViolationsAsync();
        Assert.Equal(0, await MarksAsync(session));
        await page.CloseAsync();

        var reopened = await page.Context.NewPageAsync();
        await reopened.GotoAsync("/to-send");
        await Expect(reopened.GetByText("Waiting", new() { Exact = true })).ToHaveCountAsync(3);
        await reopened.GetByRole(AriaRole.Link, new() { Name = "Better Connections" }).ClickAsync();
        await reopened.GotoAsync("/volunteer/lessons/keeping-in-touch/hi");
        await Expect(reopened.Locator("details").First).ToBeVisibleAsync(); // the lesson too is there without a connection
        await reopened.GoOnlineAsync();
        await reopened.GotoAsync("/to-send");
        await Expect(reopened.GetByText("Everything has been sent.")).ToBeVisibleAsync();

        await reopened.GotoAsync($"/volunteer/sessions/{session}");
        await Expect(reopened.GetByText("Here: 2").First).ToBeVisibleAsync();
        await Eventually.BecomesAsync(() => MarksAsync(session), marks => marks == 2);
        Assert.Equal(2, await Books.OneAsync<long>("training", $"select count(*) from attendance_records where session_id = '{session}'"));
        Assert.Equal(before + 1, await VisitsAsync());

        await reopened.GotoAsync($"/volunteer/assignments/{teacher.Assignment}");
        await reopened.GetByRole(AriaRole.Button, new() { Name = "Check out" }).ClickAsync();
        await Expect(reopened.GetByText("You are not checked in.")).ToBeVisibleAsync();
        await Eventually.BecomesAsync(() => Books.OneAsync<long>("volunteer", $"select count(*) from visits where assignment_id = '{teacher.Assignment}' and state = 'Ended'"), ended => ended == before + 1);
    }

    [Fact]
    public async Task A_card_that_is_scanned_in_two_tabs_at_once_is_one_mark()
    {
        var (session, cards) = (await teacher.PlanAsync(), await teacher.JoinAsync(1));
        var first = await OnPhone().AsAsync(teacher.Person);
        await first.GotoAsync($"/volunteer/sessions/{session}");
        var second = await first.Context.NewPageAsync();
        await second.GotoAsync($"/volunteer/sessions/{session}");
        foreach (var page in (IPage[])[first, second]) await page.GetByLabel("Card", new() { Exact = true }).FillAsync(cards[0]);
        await first.GoOfflineAsync();
        await Task.WhenAll(first.Keyboard.PressAsync("Enter"), second.Keyboard.PressAsync("Enter"));
        await Expect(first.GetByText("1 still to be sent").First).ToBeVisibleAsync();
        await first.GoOnlineAsync();

        await Expect(first.GetByText("still to be sent")).ToHaveCountAsync(0);
        await Expect(second.GetByText("Here: 1").First).ToBeVisibleAsync();
        Assert.Equal(1, await MarksAsync(session));
    }

    [Fact]
    public async Task A_mark_that_is_undone_before_it_was_sent_never_arrives_and_one_that_was_sent_meanwhile_is_said_to_stand()
    {
        var (session, cards) = (await teacher.PlanAsync(), await teacher.JoinAsync(2));
        var page = await OnPhone().WithoutServiceWorker().AsAsync(teacher.Person);
        await page.GotoAsync($"/volunteer/sessions/{session}");
        await Expect(page.GetByText("Here: 0")).ToBeVisibleAsync();
        await page.GoOfflineAsync();
        await ScanAsync(page, cards[0], "is here.");
        await page.GetByRole(AriaRole.Button, new() { Name = $"Undo {cards[0]}" }).ClickAsync();
        await Expect(page.Locator("[role=status] .note")).ToHaveTextAsync($"{cards[0]} is not marked any more.");
        await Expect(page.GetByText("Here: 0")).ToBeVisibleAsync();
        Assert.Empty(await page.StoredAsync("outbox"));

        var (posted, letGo) = await page.HoldPostsAsync($"/api/training/sessions/{session}/attendance/batch");
        await page.GoOnlineAsync();
        await ScanAsync(page, cards[1], "is here.");
        await posted;
        await page.GetByRole(AriaRole.Button, new() { Name = $"Undo {cards[1]}" }).ClickAsync();
        letGo();
        await Expect(page.Locator("[role=status] .note")).ToHaveTextAsync($"{cards[1]} is marked already.");
        await Expect(page.GetByText("Here: 1")).ToBeVisibleAsync();
        await Expect(page.GetByText("still to be sent")).ToHaveCountAsync(0);
        Assert.Equal([cards[1]], await Books.ColumnAsync<string>("training", $"select l.code from attendance_marks m join learners l on l.id = m.learner_id where m.session_id = '{session}'"));
    }

    [Fact]
    public async Task A_card_that_nobody_has_is_refused_in_words_and_holds_up_no_other()
    {
        var (session, cards) = (await teacher.PlanAsync(), await teacher.JoinAsync(1));
        var page = await OnPhone().AsAsync(teacher.Person);
        await page.GotoAsync($"/volunteer/sessions/{session}");
        await ScanAsync(page, "NOBODYS-CARD", "is here.");
        await ScanAsync(page, cards[0], "is here.");

        await Expect(page.GetByText("Nobody has this card.")).ToBeVisibleAsync();
        await Eventually.BecomesAsync(() => MarksAsync(session), marks => marks == 1);
        await page.GetByRole(AriaRole.Button, new() { Name = "Undo NOBODYS-CARD" }).ClickAsync();
        await Expect(page.GetByText("Nobody has this card.")).ToBeHiddenAsync();
        await Expect(page.GetByText("still to be sent")).ToHaveCountAsync(0);

        await page.GetByRole(AriaRole.Button, new() { Name = "Close the attendance" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Close the attendance" }).ClickAsync();
        await Expect(page.GetByText("Who was forgotten can still be marked.")).ToBeVisibleAsync();
        Assert.Equal(1, await Books.OneAsync<long>("training", $"select count(*) from sessions where id = '{session}' and state = 'Delivered' and attended = 1"));
    }

    [Fact]
    public async Task Attendance_that_is_closed_before_the_session_has_begun_says_so_and_is_closed_by_another_press()
    {
        var session = await teacher.PlanAsync(DateTimeOffset.UtcNow.AddMinutes(30));
        var page = await OnPhone().AsAsync(teacher.Person);
        await page.GotoAsync($"/volunteer/sessions/{session}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Close the attendance" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Close the attendance" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("The session has not begun.");
        await Expect(page.GetByText("as soon as there is a connection")).ToHaveCountAsync(0);

        await Books.OneAsync<Guid>("training", $"update sessions set starts = now() - interval '1 minute' where id = '{session}' returning id");
        await page.GetByRole(AriaRole.Alert).GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();
        await Expect(page.GetByText("Who was forgotten can still be marked.")).ToBeVisibleAsync();
        Assert.Equal("Delivered", await Books.OneAsync<string>("training", $"select state from sessions where id = '{session}'"));
    }

    [Fact]
    public async Task What_the_full_disk_of_a_phone_does_not_take_is_said_and_stands_as_done_nowhere()
    {
        var (session, cards) = (await teacher.PlanAsync(), await teacher.JoinAsync(1));
        var page = await OnPhone().AsAsync(teacher.Person);
        await page.FillDiskAsync();
        var before = await VisitsAsync();
        await page.GotoAsync($"/volunteer/assignments/{teacher.Assignment}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Check in" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("The phone could not keep this");
        await Expect(page.GetByText("You are not checked in.")).ToBeVisibleAsync();

        await page.GotoAsync($"/volunteer/sessions/{session}");
        await page.GetByLabel("Card", new() { Exact = true }).FillAsync(cards[0]);
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("The phone could not keep this");
        await Expect(page.GetByText("Here: 0")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Close the attendance" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Close the attendance" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("The phone could not keep this");
        await page.HasNoViolationsAsync();
        Assert.Empty(await page.StoredAsync("outbox"));

        await page.EvaluateAsync("window.full = false");
        await ScanAsync(page, cards[0], "is here.");
        await Expect(page.GetByRole(AriaRole.Alert)).ToHaveCountAsync(0);
        await Eventually.BecomesAsync(() => MarksAsync(session), marks => marks == 1);
        Assert.Equal(before, await VisitsAsync());
        Assert.Equal("Planned", await Books.OneAsync<string>("training", $"select state from sessions where id = '{session}'"));
    }

    [Fact]
    public async Task A_card_before_the_camera_is_marked_once_however_long_it_is_held_there()
    {
        var (session, cards) = (await teacher.PlanAsync(), await teacher.JoinAsync(1));
        var page = await OnPhone().AsAsync(teacher.Person);
        // Chromium on Debian has no reader of codes: an Android phone's, as far as the page sees of it.
        await page.AddInitScriptAsync($$"""
            window.BarcodeDetector = class { static async getSupportedFormats() { return ['qr_code', 'code_128']; } async detect() { return [{ rawValue: 'https://cards.example/{{cards[0]}}' }]; } };
            navigator.mediaDevices.getUserMedia = async () => document.createElement('canvas').captureStream();
            HTMLMediaElement.prototype.play = async () => {};
            """);
        await page.GotoAsync($"/volunteer/sessions/{session}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Scan with the camera" }).ClickAsync();
        await Expect(page.Locator("[role=status] .note", new() { HasText = $"{cards[0]} is here." })).ToBeVisibleAsync();
        await Eventually.BecomesAsync(() => MarksAsync(session), marks => marks == 1);
        await page.GetByRole(AriaRole.Button, new() { Name = "Close the camera" }).ClickAsync();
        await Expect(page.Locator("video")).ToBeHiddenAsync();
        await Expect(page.GetByText("Here: 1")).ToBeVisibleAsync();
        Assert.Equal(1, await MarksAsync(session));
    }

    [Fact]
    public async Task Where_the_browser_reads_no_codes_a_reader_of_ours_does()
    {
        var (session, cards) = (await teacher.PlanAsync(), await teacher.JoinAsync(1));
        await Film.ShowAsync($"https://cards.example/{cards[0]}");
        var page = await OnPhone().AsAsync(teacher.Person);
        await page.GotoAsync($"/volunteer/sessions/{session}");
        await page.RunAndWaitForResponseAsync(() => page.GetByRole(AriaRole.Button, new() { Name = "Scan with the camera" }).ClickAsync(),
            answer => answer.Ok && answer.Url.EndsWith(".wasm", StringComparison.Ordinal));
        await Expect(page.Locator("[role=status] .note", new() { HasText = $"{cards[0]} is here." })).ToBeVisibleAsync();
        await Eventually.BecomesAsync(() => MarksAsync(session), marks => marks == 1);

        // Also where it names a reader of its own, but the service behind that is missing.
        var without = await OnPhone().AsAsync(teacher.Person);
        await without.AddInitScriptAsync("window.BarcodeDetector = class { static async getSupportedFormats() { return []; } async detect() { throw new Error('no service'); } };");
        await without.GotoAsync($"/volunteer/sessions/{session}");
        await without.RunAndWaitForResponseAsync(() => without.GetByRole(AriaRole.Button, new() { Name = "Scan with the camera" }).ClickAsync(),
            answer => answer.Ok && answer.Url.EndsWith(".wasm", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_reader_that_could_not_be_loaded_is_loaded_at_the_next_press_and_who_left_meanwhile_is_not_filmed()
    {
        var volunteer = await Staff.NewVolunteerAsync();
        var (_, shipment, devices) = await Whole.DispatchedKitAsync(receiver: await Books.AccountAsync(volunteer));
        await Film.ShowAsync($"https://connections.example/devices/{devices[0].Barcode}"); // as the QR code on its label has it
        var page = await OnPhone().WithoutServiceWorker().Permitting("wasm", "ArrayBuffer").AsAsync(volunteer); // the reader itself says on the console that it could not be loaded
        await page.AddInitScriptAsync("""
            const media = navigator.mediaDevices, open = media.getUserMedia.bind(media);
            window.filmed = 0;
            media.getUserMedia = (wanted) => { window.filmed++; return open(wanted); };
            """);
        var away = true;
        var held = new TaskCompletionSource();
        await page.RouteAsync("**/*.wasm", async route =>
        {
            if (away) await route.AbortAsync("internetdisconnected");
            else
            {
                await held.Task;
                await route.ContinueAsync();
            }
        });
        await page.GotoAsync($"/volunteer/deliveries/{shipment}");
        var camera = page.GetByRole(AriaRole.Button, new() { Name = "Scan with the camera" });
        await camera.ClickAsync();
        await Expect(page.GetByText("The camera cannot be used")).ToBeVisibleAsync();
        away = false;

        // The next press loads; its page is left before that is done.
        await page.RunAndWaitForRequestAsync(() => camera.ClickAsync(), asked => asked.Url.EndsWith(".wasm", StringComparison.Ordinal));
        await page.GetByRole(AriaRole.Link, new() { Name = "Better Connections" }).ClickAsync();
        await Expect(camera).ToHaveCountAsync(0);
        await page.RunAndWaitForResponseAsync(() => { held.SetResult(); return Task.CompletedTask; }, answer => answer.Url.EndsWith(".wasm", StringComparison.Ordinal));

        // By now it is loaded, so whoever comes back is filmed once, and nobody was before.
        await page.GoBackAsync();
        await camera.ClickAsync();
        await Expect(page.Locator("video")).ToBeVisibleAsync();
        Assert.Equal(1, await page.EvaluateAsync<int>("window.filmed"));
        await Expect(page.GetByText("Still to be scanned: 10")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task After_sign_out_nothing_of_a_volunteer_stays_on_the_phone_and_what_was_not_sent_is_not_sent()
    {
        var (session, cards) = (await teacher.PlanAsync(), await teacher.JoinAsync(1));
        var page = await OnPhone().AsAsync(teacher.Person);
        await page.IsInstalledAsync();
        await page.GotoAsync("/volunteer");
        await page.KeepsAsync($"roster {session}");
        await page.GotoAsync($"/volunteer/sessions/{session}");
        await Expect(page.GetByLabel("Card", new() { Exact = true })).ToBeVisibleAsync();
        await page.GoOfflineAsync();
        await ScanAsync(page, cards[0], "is here.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Menu" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete and sign out" }).ClickAsync();
        await Expect(page).ToHaveURLAsync("/");

        Assert.Empty(await page.StoredAsync("kept"));
        Assert.Empty(await page.StoredAsync("outbox"));
        var rest = await page.EvaluateAsync<string>("""
            async () => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, await Promise.all((await caches.keys()).map(async (k) => (await (await caches.open(k)).keys()).map((r) => r.url)))])
            """);
        Assert.DoesNotContain($"{await Books.AccountAsync(teacher.Person)}", rest);
        Assert.DoesNotContain("/api/", rest);
        await page.GoOnlineAsync();
        await page.GotoAsync("/");
        await Expect(page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Link, new() { Name = "Become a volunteer" }).First).ToBeVisibleAsync();
        Assert.Equal(0, await MarksAsync(session));
    }

    private static async Task ScanAsync(IPage page, string typed, string answer)
    {
        await page.GetByLabel("Card", new() { Exact = true }).FillAsync(typed);
        await page.Keyboard.PressAsync("Enter"); // as a wedge scanner ends each code
        await Expect(page.Locator("[role=status] .note", new() { HasText = answer })).ToBeVisibleAsync();
    }

    private Task<long> MarksAsync(Guid session) => Books.OneAsync<long>("training", $"select count(*) from attendance_marks where session_id = '{session}'");

    private Task<long> VisitsAsync() => Books.OneAsync<long>("volunteer", $"select count(*) from visits where assignment_id = '{teacher.Assignment}'");
}
