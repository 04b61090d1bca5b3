using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;

namespace Attractor.Runs.Tests;

public sealed class StudyTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_study_trains_every_point_of_its_grid_once_and_ranks_what_came_out()
    {
        using Study study = Study.Create(_folder.File("STUDY"), Grid());
        Assert.Equal(6, study.Plan.Trials);

        Assert.Equal(6, study.Run());

        IReadOnlyList<StudyTrial> trials = study.Trials;
        Assert.Equal(Enumerable.Range(0, 6).Select(n => (long)n), trials.Select(t => t.Number));
        Assert.All(trials, t =>
        {
            Assert.Equal(TrialState.Completed, t.State);
            Assert.True(Run.Open(study.FolderOf(t.Number)).IsFinished);
        });
        Assert.Equal(trials.Min(t => t.Values[0]), study.Ranked()[0].Values[0]);
        Assert.Equal(0, study.Run());
        // A trial is a run like any other.
        Assert.True(double.IsFinite(Run.Open(study.FolderOf(2)).Evaluate(_folder.WriteSeries())["d_stsp"]));
    }

    [Fact]
    public void Several_workers_do_each_trial_once_and_choose_the_same_points_as_one()
    {
        StudyPlan plan = Grid() with { Space = StudySpace.Parse("ngrc", ["ridge=1e-8..1"]), Sampler = "random", Trials = 16, Seed = 3 };
        using Study several = Study.Create(_folder.File("SEVERAL"), plan), one = Study.Create(_folder.File("ONE"), plan);
        long[] done = new long[3];
        Parallel.For(0, 3, new() { MaxDegreeOfParallelism = 3 }, w =>
        {
            using Study mine = Study.Open(several.Path);
            done[w] = mine.Run();
        });
        one.Run();

        Assert.Equal(16, done.Sum());
        Assert.Equal(one.Trials.Select(t => t.Parameters.ToJsonString()), several.Trials.Select(t => t.Parameters.ToJsonString()));
        Assert.All(several.Trials, t => Assert.Equal(1, t.Attempt));
        for (int n = 0; n < 16; n++)
            Assert.Equal(Model(one, n), Model(several, n));
    }

    [Fact]
    public async Task A_trial_that_is_handed_back_in_the_middle_ends_in_the_bits_of_one_that_was_not()
    {
        StudyPlan plan = Networks("hidden=8,9") with { Objectives = [new("loss")] };
        plan = plan with { Settings = (RecurrentSettings)plan.Settings! with { Updates = 30_000 } };
        using Study whole = Study.Create(_folder.File("WHOLE"), plan), cut = Study.Create(_folder.File("CUT"), plan);
        whole.Run();
        using CancellationTokenSource stop = new();
        string checkpoint = Path.Combine(cut.FolderOf(0), "checkpoint", "state.safetensors");
        Task watch = Task.Run(
            () =>
            {
                SpinWait.SpinUntil(() => File.Exists(checkpoint), TimeSpan.FromMinutes(1));
                stop.Cancel();
            },
            TestContext.Current.CancellationToken);
        cut.Run(null, stop.Token);
        await watch;
        Assert.Equal(TrialState.Waiting, cut.Trials[0].State);
        cut.Run();

        Assert.Equal(2, cut.Trials[0].Attempt);
        for (int n = 0; n < 2; n++)
            Assert.Equal(Model(whole, n), Model(cut, n));
        Assert.Equal(whole.Trials.Select(t => t.Values[0]), cut.Trials.Select(t => t.Values[0]));
    }

    [Fact]
    public void A_worker_that_comes_back_too_late_writes_nothing_and_its_trial_ends_elsewhere()
    {
        StudyPlan plan = Grid() with { Lease = TimeSpan.FromSeconds(1) };
        using Study study = Study.Create(_folder.File("STUDY"), plan);
        TrialLease late = study.Store.Take("late", TimeSpan.FromMilliseconds(1))!;
        Thread.Sleep(50);

        Assert.Equal(6, study.Run());

        Assert.Equal(2, study.Store.Trial(0)!.Attempt);
        JsonObject parameters = study.Store.Trial(0)!.Parameters;
        StudyTrial wrong = new() { Number = 0, State = TrialState.Completed, Parameters = parameters, Values = [-1] };
        Assert.Throws<LeaseLostException>(() => study.Store.End(late, wrong));
        Assert.Throws<LeaseLostException>(() => study.Store.Renew(late, TimeSpan.FromHours(1)));
        Assert.Throws<LeaseLostException>(() => study.Store.Report(late, 1, 1));
        Assert.Throws<LeaseLostException>(() => study.Store.HandBack(late, TimeSpan.Zero));
        Assert.True(study.Store.Trial(0)!.Values[0] >= 0);
    }

    [Fact]
    public void Nothing_is_written_to_a_folder_once_the_lease_is_over()
    {
        using Study study = Study.Create(_folder.File("STUDY"), Grid());
        string data = _folder.WriteSeries();
        TrialLease lease = study.Store.Take("slow", TimeSpan.FromSeconds(30))!;
        using LeaseKeeper keeper = new(study.Store, lease, TimeSpan.FromMilliseconds(1));
        Thread.Sleep(20);
        using (Storage.WriteFence.Raise(keeper.Require))
        {
            Assert.Throws<LeaseLostException>(() => TrialRecord.Write(
                StudyFolder.RecordOf(study.Path, 0), new() { Number = 0, State = TrialState.Running, Parameters = [] }, []));
            using Run run = Run.Start(study.FolderOf(0), "ngrc", data);
            Assert.Throws<LeaseLostException>(() => run.Train());
        }
        Assert.DoesNotContain(
            Directory.GetFiles(StudyFolder.TrialsOf(study.Path), "*", SearchOption.AllDirectories),
            f => !f.EndsWith(".lock", StringComparison.Ordinal));
    }

    [Fact]
    public void A_trial_whose_folder_is_in_use_is_left_for_later()
    {
        using Study study = Study.Create(_folder.File("STUDY"), Grid() with { Lease = TimeSpan.FromSeconds(1) });
        using (Storage.RunFolder.Open(study.FolderOf(0)))
            Assert.Equal(5, study.Run(new() { Waits = false }));
        Assert.Equal(TrialState.Waiting, study.Store.Trial(0)!.State);
        Assert.Equal(1, study.Run());
    }

    [Fact]
    public void A_trial_that_cannot_be_is_failed_with_the_reason_and_the_others_go_on()
    {
        using Study study = Study.Create(
            _folder.File("STUDY"), Grid() with { Space = StudySpace.Parse("ngrc", ["delays=2,300"]) });
        study.Run();
        Assert.Equal([TrialState.Completed, TrialState.Failed], study.Trials.Select(t => t.State));
        Assert.Contains("300", study.Trials[1].Failure, StringComparison.Ordinal);
    }

    [Fact]
    public void A_trial_over_which_workers_are_lost_again_and_again_is_given_up()
    {
        using Study study = Study.Create(_folder.File("STUDY"), Grid() with { Trials = 1 });
        for (int i = 0; i < 10; i++)
        {
            Assert.NotNull(study.Store.Take("lost", TimeSpan.FromMilliseconds(1)));
            Thread.Sleep(5);
        }
        study.Run();
        Assert.Equal(TrialState.Failed, study.Trials[0].State);
        Assert.Contains("10 workers were lost", study.Trials[0].Failure, StringComparison.Ordinal);
    }

    [Fact]
    public void A_store_is_made_anew_from_the_folders()
    {
        string path = _folder.File("STUDY");
        IReadOnlyList<StudyTrial> before;
        using (Study study = Study.Create(path, Grid()))
        {
            study.Run(new() { Most = 4 });
            before = study.Trials;
        }
        File.WriteAllText(Path.Combine(path, StudyFolder.Database), "nonsense");
        Assert.Contains(
            "attractor study rebuild",
            Assert.Throws<InvalidDataException>(() => Study.Open(path)).Message,
            StringComparison.Ordinal);
        File.WriteAllText(StudyFolder.RecordOf(path, 1), "{}");

        (Study rebuilt, IReadOnlyList<string> leftOut) = Study.Rebuild(path);

        using (rebuilt)
        {
            Assert.Contains("000001.json", Assert.Single(leftOut), StringComparison.Ordinal);
            Assert.Equal(
                before.Where(t => t.Number != 1).Select(t => (t.Number, t.State, t.Values[0], t.Parameters.ToJsonString())),
                rebuilt.Trials.Where(t => t.HasEnded).Select(t => (t.Number, t.State, t.Values[0], t.Parameters.ToJsonString())));
            // The trial whose record is lost is done again, in the folder that it has, to what it was.
            Assert.Equal(3, rebuilt.Run());
            Assert.Equal(before[1].Values[0], rebuilt.Store.Trial(1)!.Values[0]);
        }
    }

    [Fact]
    public void A_worker_that_is_lost_after_it_wrote_the_model_and_before_it_said_so_costs_nothing()
    {
        string path = _folder.File("STUDY");
        double loss;
        byte[] model;
        using (Study study = Study.Create(path, Networks("hidden=8,9") with { Objectives = [new("loss")] }))
        {
            study.Run(new() { Most = 2 });
            (loss, model) = (study.Trials[0].Values[0], Model(study, 0));
        }
        File.Delete(StudyFolder.RecordOf(path, 0));
        (Study rebuilt, _) = Study.Rebuild(path);
        using (rebuilt)
        {
            Assert.Equal(TrialState.Waiting, rebuilt.Trials[0].State);
            Assert.Equal(1, rebuilt.Run());
            Assert.Equal(loss, rebuilt.Trials[0].Values[0]);
            Assert.Equal(model, Model(rebuilt, 0));
        }
    }

    [Fact]
    public void Tables_of_an_earlier_version_become_those_of_this_one_and_later_ones_are_refused()
    {
        string path = _folder.File("STUDY");
        using (Study study = Study.Create(path, Grid()))
            study.Run(new() { Most = 2 });
        Execute(
            path,
            "DROP TABLE attractor_report; DROP TABLE attractor_artifact; "
                + "DROP INDEX attractor_trial_ended; UPDATE attractor_schema SET version = 1");
        using (Study migrated = Study.Open(path))
        {
            Assert.Equal(4, migrated.Run());
            Assert.Empty(migrated.Store.Curves());
        }
        Execute(path, "UPDATE attractor_schema SET version = 99");
        Assert.Contains(
            "version 99", Assert.Throws<InvalidDataException>(() => Study.Open(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_plan_of_another_version_or_with_damage_is_refused()
    {
        string path = _folder.File("STUDY"), file = Path.Combine(path, StudyFolder.Plan);
        Study.Create(path, Grid()).Dispose();
        string whole = File.ReadAllText(file);
        foreach ((string from, string to, string words) in ((string, string, string)[])
            [
                ("\"format\": 1", "\"format\": 2", "another version"), ("\"name\"", "\"nmae\"", "unknown key"),
                ("\"ngrc\"", "\"abc\"", "no model 'abc'"), ("delays=", "delaies=", "no setting"), ("\"mse:min\"", "3", "is not a study"),
                ("\"grid\"", "\"gird\"", "no sampler"), ("\"grid\"", "null", "its \"sampler\" is missing"),
                ("\"trials\": 6", "\"trials\": \"six\"", "its \"trials\" is missing, or not"),
                ("\"trials\": 6", "\"trials\": 9000000000000000000", "its \"trials\" is missing, or not"),
            ])
        {
            File.WriteAllText(file, whole.Replace(from, to, StringComparison.Ordinal));
            Assert.Contains(words, Assert.Throws<InvalidDataException>(() => Study.Open(path)).Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("\"completed\"", "\"7\"")]
    [InlineData("\"completed\"", "\"99999999999999999999\"")]
    [InlineData("\"completed\"", "3")]
    [InlineData("\"attempt\": 1", "\"attempt\": -1")]
    [InlineData("\"reports\": [", "\"reports\": [[1]")]
    [InlineData("\"values\": [", "\"values\": [\"x\", ")]
    public void A_damaged_record_of_a_trial_is_refused(string from, string to)
    {
        using Study study = Study.Create(_folder.File("STUDY"), Grid());
        study.Run(new() { Most = 1 });
        string file = StudyFolder.RecordOf(study.Path, 0), whole = File.ReadAllText(file);
        Assert.Contains(from, whole, StringComparison.Ordinal);
        File.WriteAllText(file, whole.Replace(from, to, StringComparison.Ordinal));
        Assert.StartsWith(
            $"{file} is damaged", Assert.Throws<InvalidDataException>(() => TrialRecord.Read(file)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_with_the_words_of_a_database_do_no_harm()
    {
        const string Name = "x'); DROP TABLE attractor_trial; --";
        using Study study = Study.Create(_folder.File("STUDY"), Grid() with { Name = Name });
        study.Run(new() { Most = 2, Worker = "'; DELETE FROM attractor_trial; --" });
        Assert.Equal(2, study.Trials.Count);
        using Study again = Study.Open(study.Path);
        Assert.Equal(Name, again.Plan.Name);
        Assert.Equal(4, again.Run());
    }

    [Fact]
    public void More_trials_and_points_of_ones_own_can_be_asked_for()
    {
        using Study study = Study.Create(
            _folder.File("STUDY"),
            Grid() with { Space = StudySpace.Parse("ngrc", ["ridge=1e-8..1", "delays=2,3"]), Sampler = "sobol", Trials = 2 });
        Assert.Equal(0, study.Add(new Dictionary<string, string> { ["ridge"] = "0.5" }));
        Assert.Equal(5, study.Add(2));
        foreach (long tooMany in (long[])[9_999_996, 4_000_000_000, long.MaxValue])
            Assert.Contains(
                "at most 9,999,995 can be added",
                Assert.Throws<ArgumentException>(() => study.Add(tooMany)).Message,
                StringComparison.Ordinal);
        study.Run();
        Assert.Equal(5, study.Trials.Count);
        Assert.Equal(0.5, study.Trials[0].Parameters["ridge"]!.GetValue<double>());
        Assert.Contains(
            "not in the space",
            Assert.Throws<ArgumentException>(() => study.Add(new Dictionary<string, string> { ["delays"] = "7" })).Message,
            StringComparison.Ordinal);
        study.Dispose();
        (Study rebuilt, _) = Study.Rebuild(study.Path);
        using (rebuilt)
            Assert.Equal(5, rebuilt.Store.Size().Trials);
    }

    [Fact]
    public void Trials_that_are_behind_are_pruned_and_say_when()
    {
        StudyPlan plan = Networks("lr=1e-3,1e-9") with
        {
            Space = StudySpace.Parse("shplrnn", ["lr=1e-3,1e-9", "seed=1..4:4"]),
            Objectives = [new("loss")],
            Pruner = "halving",
            PruneOn = new("loss"),
            Sampler = "grid",
        };
        using Study study = Study.Create(_folder.File("STUDY"), plan);
        study.Run();
        Assert.Contains(study.Trials, t => t.State is TrialState.Completed);
        StudyTrial[] pruned = [.. study.Trials.Where(t => t.State is TrialState.Pruned)];
        Assert.NotEmpty(pruned);
        Assert.All(pruned, t =>
        {
            Assert.InRange(t.PrunedAt!.Value, 1, 3999);
            Assert.Equal(0, t.PrunedAt!.Value % ((RecurrentSettings)study.Plan.Settings!).CheckpointEvery);
            Assert.False(Run.Open(study.FolderOf(t.Number)).IsFinished);
        });
        // None of those that hardly learn is trained to its end but for the first of all.
        Assert.InRange(study.Trials.Count(t => t.State is TrialState.Completed && t.Parameters["lr"]!.GetValue<double>() < 1e-6), 0, 1);
    }

    [Theory]
    [InlineData("median", "mse", "ngrc", "nothing to prune by")]
    [InlineData("none", "goodness", "ngrc", "goodness:min or goodness:max")]
    [InlineData("none", "mse", "nogrc", "no model")]
    public void A_plan_that_is_none_is_refused_before_a_folder_is_made(string pruner, string objective, string model, string words)
    {
        Assert.Contains(
            words,
            Assert.ThrowsAny<ArgumentException>(() => Study.Create(
                _folder.File("STUDY"),
                Grid() with { Pruner = pruner, Objectives = [StudyObjective.Parse(objective)], Model = model })).Message,
            StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.File("STUDY")));
    }

    private StudyPlan Grid() => new()
    {
        Model = "ngrc",
        Data = _folder.WriteSeries(),
        Space = StudySpace.Parse("ngrc", ["delays=2,3", "ridge=1e-8,1e-4,1"]),
        Objectives = [new("mse")],
        Sampler = "grid",
    };

    private StudyPlan Networks(string vary) => new()
    {
        Model = "shplrnn",
        Data = _folder.WriteSeries(),
        Settings = new RecurrentSettings { Hidden = 8, Updates = 4000, Sequence = 20, Batch = 4, CheckpointEvery = 500, SelectEvery = 0 },
        Space = StudySpace.Parse("shplrnn", [vary]),
        Sampler = "grid",
    };

    private static byte[] Model(Study study, long number) => File.ReadAllBytes(Path.Combine(study.FolderOf(number), "model.safetensors"));

    private static void Execute(string study, string statements)
    {
        using SqliteConnection connection = new($"Data Source={Path.Combine(study, StudyFolder.Database)};Pooling=false");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = statements;
        command.ExecuteNonQuery();
    }
}
