using System.CommandLine;
using System.Runtime.ExceptionServices;
using System.Text.Json.Nodes;
using Attractor.Cli.Output;
using Attractor.Cli.Runs;
using Attractor.Cli.Settings;
using Attractor.Learning;
using Attractor.Models;

namespace Attractor.Cli.Commands;

/// <summary><c>attractor train</c>: recurrent networks as the command itself, models with a linear readout as commands below it, each with options of its own.</summary>
internal static class TrainCommand
{
    public static Command Create()
    {
        Argument<string?> model = new("model") { Description = $"{string.Join(", ", RecurrentModel.Kinds)}; the models below have options of their own", Arity = ArgumentArity.ZeroOrOne };
        Argument<string?> data = new("data") { Description = "series as .npy, .npz (several trials) or .csv", Arity = ArgumentArity.ZeroOrOne };
        Option<string?> resume = new("--resume") { Description = "go on with an unfinished run, of any model", HelpName = "run" };
        Command command = new("train", "Train a model on data, into a run folder.") { model, data };
        Add(command, RecurrentSettings.Known, resume, parsed => (parsed.GetValue(model), parsed.GetValue(data)));
        command.Add(Below(EchoStateNetwork.KindName, "An echo state network: a fixed random reservoir whose readout is fitted by ridge regression.", ReservoirSettings.Known));
        command.Add(Below(
            NonlinearVectorAutoregression.KindName, "A next-generation reservoir: ridge regression on polynomials of the last rows.", VectorAutoregressionSettings.Known));
        command.Add(Autoencoder());
        command.Add(Below(
            SequentialVariationalAutoencoder.KindName, "A sequential variational autoencoder: latent variables in time, with a prior that may be learnt.", SequentialSettings.Known,
            "sequences as .npy, .csv, .npz (several, of any lengths), or piano rolls as .json; missing values are allowed"));
        command.Add(Below(
            Mixture.KindName, "A mixture of Gaussian, Poisson, Bernoulli and categorical columns by coordinate-ascent variational inference.", MixtureSettings.Known,
            "a table as .csv or .tsv with a header, or .npy with the columns x1, x2, ...; missing values are marginalised"));
        return command;
    }

    private static Command Autoencoder()
    {
        Argument<string?> data = new("data") { Description = "observations: a table as .npy or .csv, one a row; or images, as --images", Arity = ArgumentArity.ZeroOrOne };
        Command command = new(VariationalAutoencoder.KindName, "A variational autoencoder of images or of the rows of a table. Without data it learns digits that the program draws.") { data };
        Add(command, AutoencoderSettings.Known, null, parsed => (VariationalAutoencoder.KindName, parsed.GetValue(data)));
        return command;
    }

    private static Command Below(
        string kind, string description, IReadOnlyList<Setting> settings, string dataDescription = "series as .npy, .npz (several trials) or .csv; each row is predicted from those before it")
    {
        Argument<string> data = new("data") { Description = dataDescription };
        Command command = new(kind, description) { data };
        Add(command, settings, null, parsed => (kind, parsed.GetValue(data)));
        return command;
    }

    private static void Add(Command command, IReadOnlyList<Setting> settings, Option<string?>? resume, Func<ParseResult, (string? Model, string? Data)> subject)
    {
        Option<string?> output = CommonOptions.Output("the run folder [runs/DATA-MODEL-N]");
        Option<string?> config = new("--config") { Description = "settings from a JSON file, such as a run's config.json; the command line wins", HelpName = "file" };
        Option<string?> seeds = new("--seeds") { Description = "several seeds at once, such as 1..8, each in a folder of its own", HelpName = "a..b" };
        Option<bool> overwrite = new("--overwrite") { Description = "replace a run that is there" };
        Option<bool> json = CommonOptions.Json();
        command.Add(output);
        command.Add(config);
        if (resume is not null)
            command.Add(resume);
        command.Add(seeds);
        command.Add(overwrite);
        Dictionary<Setting, Option<string?>> options = [];
        foreach (Setting setting in settings)
        {
            options[setting] = new(setting.Option) { Description = setting.Help, HelpName = setting.Kind == SettingKind.Word ? "word" : "n" };
            command.Add(options[setting]);
        }
        command.Add(json);
        command.SetCancellableAction((parsed, token) =>
        {
            (string? model, string? data) = subject(parsed);
            RunRequest request = new(
                model, data, parsed.GetValue(output), parsed.GetValue(config), resume is null ? null : parsed.GetValue(resume), parsed.GetValue(seeds),
                parsed.GetValue(overwrite), options.Where(o => parsed.GetValue(o.Value) is not null).ToDictionary(o => o.Key, o => o.Key.Parse(parsed.GetValue(o.Value)!)));
            return Run(request, parsed.GetValue(json), parsed.GetValue(CommonOptions.Quiet), token);
        });
    }

    private static int Run(RunRequest request, bool json, bool quiet, CancellationToken token)
    {
        List<(string Path, RunSettings Settings)> plan = RunPlan.Of(request);
        bool silent = quiet || json && Console.IsErrorRedirected;
        using TrainingData data = TrainingData.Read(plan[0].Settings, silent, token);
        List<IModelRun> runs = [];
        try
        {
            foreach ((string path, RunSettings settings) in plan)
                runs.Add(RunFolders.Prepare(path, settings, data, request.Resume is not null, request.Overwrite));
            runs.ForEach(r => r.Begin());
            TrainingEnding[] endings = TrainAll(runs, silent, token);
            return Conclude(request, runs, endings, json);
        }
        finally
        {
            runs.ForEach(r => r.Dispose());
        }
    }

    private static TrainingEnding[] TrainAll(List<IModelRun> runs, bool quiet, CancellationToken token)
        => TrainingDisplay.Run([.. runs.Select(r => Path.GetFileName(r.Path))], quiet, progress =>
        {
            TrainingEnding[] endings = new TrainingEnding[runs.Count];
            try
            {
                Parallel.For(0, runs.Count, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, i => endings[i] = runs[i].Train(progress[i], token));
            }
            catch (AggregateException e)
            {
                // What went wrong in one of the runs is what the user needs to hear.
                ExceptionDispatchInfo.Throw(e.Flatten().InnerExceptions[0]);
            }
            return endings;
        });

    private static int Conclude(RunRequest request, List<IModelRun> runs, TrainingEnding[] endings, bool json)
    {
        if (json)
        {
            JsonObject[] descriptions = [.. runs.Select(run => run.Describe())];
            Json.Print(request.Seeds is null && descriptions.Length == 1 ? descriptions[0] : new JsonObject { ["runs"] = new JsonArray([.. descriptions]) });
        }
        else
        {
            foreach (IModelRun run in runs)
                Console.WriteLine(run.Sentence());
        }
        if (endings.Contains(TrainingEnding.Cancelled))
        {
            string path = request.Resume ?? (request.Seeds is null ? runs[0].Path : Path.GetDirectoryName(runs[0].Path)!);
            Console.Error.WriteLine($"attractor: cancelled; attractor train --resume {RunCommands.Quote(path)} goes on");
            return 130;
        }
        return endings.Any(e => e is TrainingEnding.Diverged or TrainingEnding.NotConverged) ? 1 : 0;
    }
}
