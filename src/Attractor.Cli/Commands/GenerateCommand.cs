using System.CommandLine;
using System.Text.Json.Nodes;
using Attractor.Cli.Autoencoders;
using Attractor.Cli.Mixtures;
using Attractor.Cli.Output;
using Attractor.Cli.Runs;
using Attractor.Cli.Sequences;
using Attractor.Data;

namespace Attractor.Cli.Commands;

/// <summary><c>attractor generate</c></summary>
internal static class GenerateCommand
{
    public static Command Create()
    {
        Argument<string> run = new("run") { Description = "a run folder or a safetensors file" };
        Option<int> steps = new("--steps", "-n") { Description = "rows to generate", DefaultValueFactory = _ => 10_000, HelpName = "n" };
        Option<string?> from = new("--from") { Description = "the series to start from [the run's training data; for a bare file the origin]; of a seqvae the one to go on after [none]", HelpName = "file" };
        Option<int> start = new("--start") { Description = "the row of it to start from [0]", HelpName = "row" };
        Option<int?> warmUp = new("--warm-up") { Description = "rows that drive the model beforehand, so that what is not observed finds its values [0; what a reservoir needs]", HelpName = "rows" };
        Option<int> count = new("--count") { Description = "of a vae or mixture: samples to draw", DefaultValueFactory = _ => 64, HelpName = "n" };
        Option<long> seed = new("--seed") { Description = "of a vae, seqvae or mixture: the seed [0]", HelpName = "n" };
        Option<string> noise = new("--noise") { Description = "of a seqvae: what is random: full, latent (of the observations their means) or none (the orbit of the transition's mean)", DefaultValueFactory = _ => "full", HelpName = "word" };
        Option<bool> draw = new("--draw") { Description = "of a vae: draw x from p(x | z) too, instead of its mean" };
        Option<string?> output = CommonOptions.Output("the file to write, .npy or .csv; of a vae of images .png too [generated.npy, generated.png; of a mixture generated.csv]");
        Option<bool> json = CommonOptions.Json();
        Command command = new("generate", "Let a trained model run by itself, or draw samples from it.") { run, steps, from, start, warmUp, count, seed, noise, draw, output, json };
        command.SetAction(parsed =>
        {
            int rows = parsed.GetValue(steps) is > 0 and var n ? n : throw new ArgumentException($"--steps must be positive, not {parsed.GetValue(steps)}");
            ModelSource source = ModelSource.Load(parsed.GetValue(run)!);
            if (AutoencoderSource.Of(source) is { } autoencoder)
            {
                CommonOptions.Refuse(parsed, autoencoder.Model.Kind, "it draws --count samples", steps, from, start, warmUp, noise);
                return AutoencoderGeneration.Run(
                    autoencoder, parsed.GetValue(count), parsed.GetValue(seed), parsed.GetValue(draw), parsed.GetValue(output), parsed.GetValue(json));
            }
            if (MixtureSource.Of(source) is { } mixture)
            {
                CommonOptions.Refuse(parsed, mixture.Model.Kind, "it draws --count rows", steps, from, start, warmUp, noise, draw);
                return MixtureGeneration.Run(mixture, parsed.GetValue(count), parsed.GetValue(seed), parsed.GetValue(output), parsed.GetValue(json));
            }
            if (SequentialSource.Of(source) is { } sequential)
            {
                CommonOptions.Refuse(parsed, sequential.Model.Kind, "it goes on for --steps rows", count, draw, start, warmUp);
                return SequentialGeneration.Generate(
                    sequential, rows, parsed.GetValue(seed), parsed.GetValue(noise)!, parsed.GetValue(from), parsed.GetValue(output), parsed.GetValue(json));
            }
            CommonOptions.Refuse(parsed, source.Learnt.Kind, "it runs for --steps rows by itself", count, seed, noise, draw);
            TimeSeries data = parsed.GetValue(from) is { } file ? source.Read(file, null) : source.StartingData();
            int row = parsed.GetValue(start);
            if (row < 0 || row >= data.Length)
                throw new ArgumentException($"--start must be a row of the data, 0 to {data.Length - 1}, not {row}");
            int driven = parsed.GetValue(warmUp) ?? source.WarmUp(data, row);
            if (driven < 0 || driven > data.Length - 1 - row)
                throw new ArgumentException($"--warm-up must be 0 to {data.Length - 1 - row}, the rows after --start, not {driven}");
            if (data.Slice(row, 1 + driven).FindNonFinite() is not null)
                throw new ArgumentException($"rows {row} to {row + driven} of the data have missing values: --start elsewhere");
            TimeSeries orbit = source.Model.Generate(data, rows, row, driven);
            string path = parsed.GetValue(output) ?? "generated.npy";
            SeriesFile.Write(path, orbit);
            bool finite = orbit.FindNonFinite() is null;
            if (parsed.GetValue(json))
                Json.Print(new JsonObject { ["file"] = path, ["rows"] = orbit.Length, ["columns"] = orbit.Dimension, ["finite"] = finite });
            else
                Console.WriteLine($"{path}: {orbit.Length} rows{(finite ? "" : ", not finite from some row on: the orbit diverges")}\n  next: attractor evaluate {RunCommands.Quote(source.Path)} test.npy");
            return finite ? 0 : 1;
        });
        return command;
    }
}
