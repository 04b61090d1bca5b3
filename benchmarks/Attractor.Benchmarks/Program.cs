using System.Diagnostics;
using Attractor.Data;
using Attractor.Learning;
using Attractor.Learning.Bptt;
using Attractor.Learning.Forcing;
using Attractor.Learning.Optimizers;
using Attractor.Models.Recurrent;
using Attractor.Numerics.Randomness;

double[] values = new double[4000 * 3];
RandomStream r = new(1, "x");
for (int i = 0; i < values.Length; i++) values[i] = Math.Sin(i * 0.01) + (0.1 * r.NextNormal());
TimeSeries data = new(values, 3);
foreach ((int m, int l) in args.Length == 2 ? new[] { (int.Parse(args[0]), int.Parse(args[1])) } : new[] { (3, 50), (3, 100), (20, 50), (20, 256), (50, 200), (100, 512) })
{
    RecurrentModel net = new ShallowPlrnn(3, m, l, 1);
    using Trainer t = Trainer.Create(net, [data], new() { Forcing = TeacherForcing.Sparse(16), LearningRate = LearningRateSchedule.Constant(1e-4) }, null);
    double loss = 0;
    for (int i = 0; i < 20; i++) loss = t.Step();
    List<double> ms = [];
    for (int rep = 0; rep < (args.Length == 2 ? 60 : 9); rep++)
    {
        int n = Math.Max(3, 20000000 / (m * l * 200));
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < n; i++) loss = t.Step();
        ms.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds / n);
    }
    ms.Sort();
    Console.WriteLine($"{m,4} {l,4}  min {ms[0]:F3} ms  median {ms[4]:F3}  {12.0 * m * l * 200 * 16 / ms[0] / 1e6:F0} GF/s  loss {loss:F4}");
}
