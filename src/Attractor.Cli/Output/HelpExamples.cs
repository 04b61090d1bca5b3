using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Attractor.Cli.Output;

/// <summary>Help that ends with an example to type.</summary>
internal static class HelpExamples
{
    private static readonly Dictionary<string, string> s_examples = new(StringComparer.Ordinal)
    {
        ["attractor"] = "attractor demo",
        ["demo"] = "attractor demo --seed 3 -o demo-3",
        ["systems"] = "attractor systems --field neuroscience",
        ["simulate"] = "attractor simulate lorenz63 --steps 100000 --dt 0.01 --noise 0.05 --standardize -o train.npy",
        ["data"] = "attractor data mnist",
        ["mnist"] = "attractor data mnist --from DOWNLOADS",
        ["look"] = "attractor look weather.csv --time date --columns wind,rain",
        ["plot"] = "attractor plot orbit.csv -o orbit.svg",
        ["train"] = "attractor train shplrnn train.npy --updates 60000 --seeds 1..4 -o RUN",
        ["esn"] = "attractor train esn train.npy --units 500 --spectral-radius 0.75 --leak 0.6 --ridge 0.01 -o RUN",
        ["ngrc"] = "attractor train ngrc train.npy --delays 2 --orders 2 --select gcv -o RUN",
        ["vae"] = "attractor train vae --images train-images-idx3-ubyte.gz --layers 400,400 --latent 200 --epochs 15 -o RUN",
        ["seqvae"] = "attractor train seqvae train.npy --transition shplrnn --posterior correcting --latent 3 --window 100 -o RUN",
        ["zero-shot"] = "attractor train zero-shot --hold-out lorenz63,chua -o ZERO",
        ["mixture"] =
            "attractor train mixture quakes.csv --position longitude,latitude --count stations --components 5 --covariance full -o RUN",
        ["import"] = "attractor import network.json --rectified 2 --observed 3 -o NET",
        ["export"] = "attractor export RUN -o model.c",
        ["search"] =
            "attractor search esn train.npy --leak 0.1..1 --spectral-radius 0.1..1.2 --ridge 1e-6,1e-4,1e-2 --trials 40 -o best.json "
            + "--report search.html",
        ["study"] = "attractor study run STUDY --workers 4",
        ["study create"] =
            "attractor study create STUDY clipped-shplrnn train.npy --vary hidden=20,50,100 --vary lr=1e-4..1e-2:log --set updates=20000 "
            + "--trials 40 --pruner median --validate test.npy",
        ["study add"] = "attractor study add STUDY --trials 20",
        ["study run"] = "attractor study run STUDY --workers 4",
        ["study work"] = "attractor study work STUDY --leave",
        ["study status"] = "attractor study status STUDY --json",
        ["study best"] = "attractor study best STUDY -o best.json",
        ["study compare"] = "attractor study compare STUDY-A STUDY-B",
        ["study report"] = "attractor study report STUDY -o report.html",
        ["study export"] = "attractor study export STUDY -o trials.csv",
        ["study rebuild"] = "attractor study rebuild STUDY",
        ["study slurm"] = "attractor study slurm STUDY --tasks 100 --time 4:00:00 --memory 4G --submit",
        ["study kubernetes"] = "attractor study kubernetes STUDY --workers 50 --image registry.example/attractor:1 -o job.yaml",
        ["compare"] = "attractor compare SEEDS-A SEEDS-B --data test.npy --metric d_stsp",
        ["generate"] = "attractor generate RUN --steps 10000 -o orbit.npy",
        ["reconstruct"] = "attractor reconstruct RUN t10k-images-idx3-ubyte.gz -o reconstructions.png",
        ["interpolate"] = "attractor interpolate RUN --from 0 --to 7 -o interpolation.png",
        ["evaluate"] = "attractor evaluate RUN test.npy --json",
        ["lyapunov"] = "attractor lyapunov lorenz63 --spectrum",
        ["cycles"] = "attractor cycles RUN --max-order 20 --json",
        ["atlas"] = "attractor atlas RUN --basins 120 --report atlas.html",
        ["gradients"] = "attractor gradients RUN --alpha 0.02,0.1,0.3 --interval 16 -o gradients.html",
        ["dimension"] = "attractor dimension lorenz63 --report dimension.html",
        ["embed"] = "attractor embed data.csv --column voltage -o embedded.npy --report embedding.html",
        ["floor"] = "attractor floor data.csv --json",
        ["forecast"] = "attractor forecast data.csv --steps 1000 -o orbit.csv --intervals intervals.csv --report forecast.html",
        ["laplace"] = "attractor laplace \"n*log(x) - x\" --variable x -p n=10 --large n=1..1e6 --report laplace.html",
        ["estimators"] =
            "attractor estimators \"-2*(z - 1)^2\" --variable z --mean 0 --deviation 1 --towards 0,0.5,1 --report estimators.html",
        ["report"] = "attractor report RUN --data test.npy -o report.html",
        ["studio"] = "attractor studio runs --open",
        ["reproduce"] = "attractor reproduce teacher-forcing",
        ["completion"] = "eval \"$(attractor completion bash)\"",
    };

    public static void Install(RootCommand root)
    {
        foreach (Option option in root.Options)
            if (option is HelpOption { Action: HelpAction help })
                option.Action = new WithExample(help);
    }

    private sealed class WithExample(HelpAction help) : SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parseResult)
        {
            Command command = parseResult.CommandResult.Command;
            // train's own model and data would be listed beside those of the models below it.
            foreach (Argument argument in command.Parents.OfType<Command>().SelectMany(parent => parent.Arguments))
                argument.Hidden = true;
            TextWriter output = parseResult.InvocationConfiguration.Output;
            using StringWriter text = new() { NewLine = "\n" };
            parseResult.InvocationConfiguration.Output = text;
            int code = help.Invoke(parseResult);
            parseResult.InvocationConfiguration.Output = output;
            output.Write(HelpGroups.Divide(text.ToString(), command));
            string above = command.Parents.OfType<Command>().FirstOrDefault(parent => parent is not RootCommand)?.Name ?? "";
            if (s_examples.TryGetValue($"{above} {command.Name}".Trim(), out string? example)
                || s_examples.TryGetValue(command is RootCommand ? "attractor" : command.Name, out example))
                output.WriteLine($"Example:\n  {example}\n");
            return code;
        }
    }
}
