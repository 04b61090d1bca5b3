using System.CommandLine;
using System.Text.Json.Nodes;
using Attractor.Cli.Autoencoders;
using Attractor.Cli.Mixtures;
using Attractor.Cli.Output;
using Attractor.Cli.Runs;
using Attractor.Cli.Sequences;
using Attractor.Evaluation;
using Attractor.Storage;

namespace Attractor.Cli.Commands;

/// <summary><c>attractor report</c></summary>
internal static class ReportCommand
{
    public static Command Create()
    {
        Argument<string> run = new("run") { Description = "a run folder or a safetensors file" };
        Option<string?> data = new("--data") { Description = "the truth to compare with [the run's training data]", HelpName = "file" };
        Option<string?> labels = new("--labels") { Description = "of a vae: the labels of the images of --data", HelpName = "file" };
        Option<double?> dt = CommonOptions.TimeStep();
        Option<string?> output = CommonOptions.Output("the HTML file to write [RUN/report.html]");
        Option<bool> json = CommonOptions.Json();
        Command command = new("report", "Write one HTML file on a trained model.") { run, data, labels, dt, output, json };
        command.SetCancellableAction((parsed, token) =>
        {
            CommonOptions.RequirePositive(parsed.GetValue(dt));
            ModelSource source = ModelSource.Load(parsed.GetValue(run)!);
            string path = parsed.GetValue(output) ?? (source.IsRun ? Path.Combine(source.Path, "report.html") : "report.html");
            if (parsed.GetValue(labels) is not null && parsed.GetValue(data) is null)
                throw new ArgumentException("--labels are those of --data: name the images too");
            if (AutoencoderSource.Of(source) is { } autoencoder)
            {
                CommonOptions.Refuse(parsed, autoencoder.Model.Kind, null, dt);
                AutoencoderReportWriter.Write(autoencoder, parsed.GetValue(data), parsed.GetValue(labels), path, token);
                Conclude(path, parsed.GetValue(json));
                return 0;
            }
            CommonOptions.Refuse(parsed, source.Learnt.Kind, null, labels);
            if (MixtureSource.Of(source) is { } mixture)
            {
                CommonOptions.Refuse(parsed, mixture.Model.Kind, null, dt);
                MixtureReportWriter.Write(mixture, parsed.GetValue(data), path, token);
                Conclude(path, parsed.GetValue(json));
                return 0;
            }
            if (SequentialSource.Of(source) is { } sequential)
            {
                SequentialReportWriter.Write(sequential, parsed.GetValue(data), path, token);
                Conclude(path, parsed.GetValue(json));
                return 0;
            }
            TimeSeries truth = parsed.GetValue(data) is { } file ? source.Read(file, parsed.GetValue(dt)) : source.TrainingData();
            ModelEvaluation scores = Reconstruction.Evaluate(source.Model, truth, cancellationToken: token);
            RunReport.Write(
                path, $"{Path.GetFileName(Path.TrimEndingDirectorySeparator(source.Path))}: {source.Model.Kind}", source.Model, truth, scores,
                source.IsRun ? RunFolder.ReadLosses(source.Path) : [], source.Config,
                [("report", $"attractor report {RunCommands.Quote(source.Path)}{(parsed.GetValue(data) is { } d ? $" --data {RunCommands.Quote(d)}" : "")} -o report.html")]);
            Conclude(path, parsed.GetValue(json));
            return 0;
        });
        return command;
    }

    private static void Conclude(string path, bool json)
    {
        if (json)
            Json.Print(new JsonObject { ["report"] = path });
        else
            Console.WriteLine(path);
    }
}
