using System.Globalization;

namespace Attractor.Runs.Tests;

/// <summary>The store for many machines, on a real server.</summary>
public sealed class PostgresStoreTests(PostgresServer server) : IClassFixture<PostgresServer>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Workers_share_the_trials_of_several_studies_and_do_each_once()
    {
        RequireServer();
        using Study first = Create("FIRST"), second = Create("SECOND");
        long[] done = new long[6];
        Parallel.For(0, 6, new() { MaxDegreeOfParallelism = 6 }, w =>
        {
            using Study mine = Study.Open(w % 2 == 0 ? first.Path : second.Path, server.Address);
            done[w] = mine.Run();
        });

        Assert.Equal(24, done.Sum());
        foreach (Study study in (Study[])[first, second])
        {
            Assert.Equal(Enumerable.Range(0, 12).Select(n => (long)n), study.Trials.Select(t => t.Number));
            Assert.All(study.Trials, t => Assert.Equal((TrialState.Completed, 1L), (t.State, t.Attempt)));
        }
        Assert.Throws<LeaseLostException>(() => first.Store.Renew(new(0, 7, null), TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public async Task A_server_that_is_killed_and_comes_back_costs_no_trial()
    {
        RequireServer();
        using Study study = Create("KILLED", 16);
        // Opened while the server is there: whoever begins without one is told so at once.
        using Study first = Study.Open(study.Path, server.Address), second = Study.Open(study.Path, server.Address);
        Task<long>[] workers = [Task.Run(() => first.Run()), Task.Run(() => second.Run())];
        for (int i = 0; i < 200 && study.Store.Counts().GetValueOrDefault(TrialState.Completed) < 3; i++)
            Thread.Sleep(20);
        server.Kill();
        Assert.True(server.Start());
        await Task.WhenAll(workers).WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);

        Assert.Equal(16, study.Trials.Count(t => t.State is TrialState.Completed));
        Assert.Equal(16, Directory.GetFiles(study.Path, "model.safetensors", SearchOption.AllDirectories).Length);
    }

    [Fact]
    public async Task A_worker_that_begins_before_the_server_waits_for_it_and_nobody_else_does()
    {
        RequireServer();
        using Study study = Create("EARLY", 2);
        server.Kill();
        try
        {
            Assert.Contains(
                "does not answer", Assert.Throws<IOException>(() => Study.Open(study.Path, server.Address)).Message,
                StringComparison.Ordinal);
            using CancellationTokenSource stop = new(TimeSpan.FromSeconds(1));
            Assert.ThrowsAny<OperationCanceledException>(() => Study.Open(study.Path, server.Address, new(null, stop.Token)));
            Said said = new();
            Task<long> worker = Task.Run(() =>
            {
                using Study mine = Study.Open(study.Path, server.Address, new(said, default));
                return mine.Run();
            });
            await said.First.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
            Assert.True(server.Start());
            Assert.Equal(2, await worker.WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken));
            string message = await said.First;
            Assert.EndsWith(": waiting for it", message, StringComparison.Ordinal);
            Assert.DoesNotContain("s3cret", message, StringComparison.Ordinal);
        }
        finally
        {
            server.Start();
        }
    }

    [Fact]
    public void A_password_is_in_no_message_and_in_no_file()
    {
        RequireServer();
        using Study study = Create("SECRET", 1);
        study.Run();
        string[] secrets = [PostgresServer.Password, Uri.EscapeDataString(PostgresServer.Password), "s3cret"];
        foreach (string file in Directory.GetFiles(study.Path, "*", SearchOption.AllDirectories))
            Assert.DoesNotContain("s3cret", File.ReadAllText(file), StringComparison.Ordinal);
        Assert.StartsWith("postgres://study@127.0.0.1:", study.StoreName, StringComparison.Ordinal);
        foreach (string address in (string[])
            [
                server.Address.Replace("postgres://study:s3cret", "postgres://study:s3cretwrong", StringComparison.Ordinal),
                server.Address.Replace("/postgres", "/other", StringComparison.Ordinal),
                server.Address + "?sslmode=none&s3cret=1", "postgres://study@127.0.0.1/postgres?password=:s3cret",
                "postgres://study:s3cret@/postgres", "mysql://study:s3cret@host/db", "postgres://study:s3cret@127.0.0.1:99999/db",
            ])
        {
            Exception refused = Assert.ThrowsAny<Exception>(() => Study.Open(study.Path, address));
            Assert.True(refused is IOException or ArgumentException or InvalidDataException, refused.GetType().Name);
            Assert.DoesNotContain("s3cret%2F", refused.Message, StringComparison.Ordinal);
            Assert.DoesNotContain(":s3cret", refused.Message, StringComparison.Ordinal);
            Assert.All(secrets[..2], s => Assert.DoesNotContain(s, refused.Message, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void A_study_of_a_database_is_made_anew_from_its_folders_and_takes_any_name()
    {
        RequireServer();
        using Study study = Create("O'Brien\"; DROP TABLE attractor_trial; --", 4);
        study.Run(new() { Most = 3 });
        double[] values = [.. study.Trials.Select(t => t.Values[0])];
        (Study rebuilt, IReadOnlyList<string> leftOut) = Study.Rebuild(study.Path, server.Address);
        using (rebuilt)
        {
            Assert.Empty(leftOut);
            Assert.Equal(values, rebuilt.Trials.Select(t => t.Values[0]));
            Assert.Equal(1, rebuilt.Run());
        }
        Assert.Contains(
            "already",
            Assert.Throws<IOException>(
                () => Study.Create(_folder.File("OTHER"), Plan(4) with { Name = study.Plan.Name }, server.Address)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_worker_without_the_others_files_goes_on_from_the_store_to_the_same_bits()
    {
        RequireServer();
        StudyPlan plan = Networks() with { Name = "APART", Artifacts = true };
        using Study whole = Study.Create(_folder.File("WHOLE"), Networks());
        whole.Run();
        using (Study here = Study.Create(_folder.File("here/APART"), plan, server.Address))
        {
            using CancellationTokenSource stop = new();
            Task watch = Task.Run(
                () =>
                {
                    SpinWait.SpinUntil(() => here.Store.WithArtifacts().Count > 0, TimeSpan.FromMinutes(1));
                    stop.Cancel();
                },
                TestContext.Current.CancellationToken);
            here.Run(null, stop.Token);
            await watch;
            Assert.Equal(TrialState.Waiting, here.Trials[0].State);
        }

        Assert.Contains(
            "knows no study 'OTHER'",
            Assert.Throws<FileNotFoundException>(() => Study.Open(_folder.File("there/OTHER"), server.Address)).Message);
        // Another machine, on which there is nothing of the study: its folder is made of the store.
        using Study there = Study.Open(_folder.File("there/APART"), server.Address);
        Assert.True(there.Run() >= 1);

        Assert.Equal(2, there.Trials[0].Attempt);
        Assert.Equal([0L, 1], there.Store.WithArtifacts());
        using Study third = Study.Open(_folder.File("third/APART"), server.Address);
        Assert.Equal([1L], third.Fetch([1]));
        for (int n = 0; n < 2; n++)
            Assert.Equal(Model(whole, n), Model(there, n));
        Assert.Equal(Model(whole, 1), Model(third, 1));
        Assert.False(Directory.Exists(third.FolderOf(0)));
        foreach (string file in Directory.GetFiles(_folder.File("third"), "*", SearchOption.AllDirectories))
            Assert.DoesNotContain("s3cret", File.ReadAllText(file), StringComparison.Ordinal);

        // The store is made anew with what it has: nothing that other machines found is done again.
        (Study rebuilt, _) = Study.Rebuild(third.Path, server.Address);
        using (rebuilt)
            Assert.All(rebuilt.Trials, t => Assert.Equal(TrialState.Completed, t.State));

        static byte[] Model(Study study, long number) => File.ReadAllBytes(Path.Combine(study.FolderOf(number), "model.safetensors"));
    }

    private StudyPlan Networks() => new()
    {
        Model = "shplrnn",
        Data = _folder.WriteSeries(),
        Settings = new RecurrentSettings
        {
            Updates = 20_000,
            Sequence = 20,
            Batch = 4,
            SelectEvery = 0,
            CheckpointEvery = 1000
        },
        Space = StudySpace.Parse("shplrnn", ["hidden=8,9"]),
        Objectives = [new("loss")],
        Sampler = "grid",
    };

    private void RequireServer() => Assert.SkipWhen(server.WhyNot is not null, server.WhyNot ?? "");

    private Study Create(string name, int trials = 12)
        => Study.Create(
            _folder.File(name.Length.ToString(CultureInfo.InvariantCulture)), Plan(trials) with { Name = name }, server.Address);

    private StudyPlan Plan(int trials) => new()
    {
        Model = "ngrc",
        Data = _folder.WriteSeries(),
        Space = StudySpace.Parse("ngrc", ["ridge=1e-8..1", "delays=1,2"]),
        Objectives = [new("mse")],
        Sampler = "sobol",
        Trials = trials,
        Lease = TimeSpan.FromSeconds(2),
    };

    private sealed class Said : IProgress<string>
    {
        private readonly TaskCompletionSource<string> _first = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<string> First => _first.Task;

        public void Report(string value) => _first.TrySetResult(value);
    }
}
