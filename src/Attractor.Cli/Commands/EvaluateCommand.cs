using System.CommandLine;
using Attractor.Cli.Autoencoders;
using Attractor.Cli.Mixtures;
using Attractor.Cli.Output;
using Attractor.Cli.Runs;
using Attractor.Cli.Sequences;
using Attractor.Evaluation;

namespace Attractor.Cli.Commands;

/// <summary><c>attractor evaluate</c></summary>
internal static class EvaluateCommand
{
    public static Command Create()
    {
        Argument<string> run = new("run") { Description = "a run folder or a safetensors file" };
        Argument<string?> data = new("data") { Description = "the truth, in the units of the training data [of a vae or seqvae what its run was tested on; of a mixture what it was fitted to]", Arity = ArgumentArity.ZeroOrOne };
        Option<string?> reference = new("--reference") { Description = "an independent recording of the same system, for the floors [the two halves of the truth]", HelpName = "file" };
        Option<double?> dt = CommonOptions.TimeStep();
        Option<int> lyapunov = new("--lyapunov-steps") { Description = "steps for the Lyapunov exponent", DefaultValueFactory = _ => 100_000, HelpName = "n" };
        Option<string> draws = new("--draws") { Description = "of a vae or seqvae: K, importance samples of the bounds on log p(x)", DefaultValueFactory = _ => "1,100", HelpName = "n,n" };
        Option<int?> samples = new("--samples") { Description = "of a vae or seqvae: observations, from the first on [all]", HelpName = "n" };
        Option<long> seed = new("--seed") { Description = "of a vae or seqvae: the seed of the draws [0]", HelpName = "n" };
        Option<string?> responsibilities = new("--responsibilities") { Description = "of a mixture: a file to write the responsibilities of its components to, .csv or .npy", HelpName = "file" };
        Option<bool> json = CommonOptions.Json();
        Command command = new("evaluate", "Score a trained model against the truth, each score beside its noise floor.") { run, data, reference, dt, lyapunov, draws, samples, seed, responsibilities, json };
        command.SetCancellableAction((parsed, token) =>
        {
            CommonOptions.RequirePositive(parsed.GetValue(dt));
            if (parsed.GetValue(lyapunov) < 1)
                throw new ArgumentException("--lyapunov-steps must be positive");
            ModelSource source = ModelSource.Load(parsed.GetValue(run)!);
            if (MixtureSource.Of(source) is { } mixture)
            {
                CommonOptions.Refuse(parsed, mixture.Model.Kind, null, reference, dt, lyapunov, draws, samples, seed);
                return MixtureEvaluation.Run(mixture, parsed.GetValue(data), parsed.GetValue(responsibilities), parsed.GetValue(json));
            }
            CommonOptions.Refuse(parsed, source.Learnt.Kind, null, responsibilities);
            if (AutoencoderSource.Of(source) is { } autoencoder)
            {
                CommonOptions.Refuse(parsed, autoencoder.Model.Kind, null, reference, dt, lyapunov);
                return AutoencoderEvaluation.Run(
                    autoencoder, parsed.GetValue(data), parsed.GetValue(draws)!, parsed.GetValue(samples), parsed.GetValue(seed), parsed.GetValue(json),
                    parsed.GetValue(CommonOptions.Quiet), token);
            }
            if (SequentialSource.Of(source) is { } sequential)
            {
                CommonOptions.Refuse(parsed, sequential.Model.Kind, null, reference, dt, lyapunov);
                return SequentialEvaluation.Run(
                    sequential, parsed.GetValue(data), parsed.GetValue(draws)!, parsed.GetValue(samples), parsed.GetValue(seed), parsed.GetValue(json), token);
            }
            CommonOptions.Refuse(parsed, source.Learnt.Kind, null, draws, samples, seed);
            string file = parsed.GetValue(data) ?? throw new ArgumentException($"which data? attractor evaluate {RunCommands.Quote(source.Path)} test.npy");
            TimeSeries truth = source.Read(file, parsed.GetValue(dt));
            EvaluationOptions options = new() { LyapunovSteps = parsed.GetValue(lyapunov) };
            NoiseFloors? floors = parsed.GetValue(reference) is { } other
                ? NoiseFloors.OfRecording(truth, source.Read(other, truth.Dt), options, token)
                : null;
            ModelEvaluation scores = Reconstruction.Evaluate(source.Model, truth, options, floors, token);
            bool known = parsed.GetValue(dt) is not null || source.Dt is not null;
            if (parsed.GetValue(json))
                Json.Print(Scores.ToJson(scores, known ? truth.Dt : null));
            else
                Console.WriteLine($"{Scores.ToText(scores, known ? truth.Dt : null)}\n  next: attractor report {RunCommands.Quote(source.Path)} --data {RunCommands.Quote(file)}");
            return scores.Finite ? 0 : 1;
        });
        return command;
    }
}
