namespace Attractor.Learning;

/// <summary>Teacher-forced training as the loop sees it: a stretch is the updates up to the next multiple of a hundred.</summary>
internal sealed class TeacherForcedLearner(Trainer trainer, TrainingOptions options) : Learner<TrainingState, LossPoint>
{
    private const int StretchLength = 100;

    private double _loss;

    public override long Done => trainer.Update;

    public override long Steps => options.Updates;

    public override double Loss => _loss;

    public override double LearningRate => trainer.LearningRate;

    public override TrainingEnding? Ending => trainer.Update < options.Updates ? null : TrainingEnding.Completed;

    public override bool Step(LearningLoop<TrainingState, LossPoint> loop)
    {
        long start = trainer.Update, end = Math.Min(options.Updates, ((start / StretchLength) + 1) * StretchLength);
        double sum = 0;
        while (trainer.Update < end && !loop.CancellationToken.IsCancellationRequested && double.IsFinite(sum))
            sum += trainer.Step();
        _loss = sum / Math.Max(1, trainer.Update - start);
        if (trainer.Update < end || !double.IsFinite(sum) || !trainer.ParametersAreFinite())
            return false;
        loop.Add(new(trainer.Update, _loss, trainer.LearningRate, loop.Seconds));
        return true;
    }

    public override void Keep() => trainer.Keep();

    public override void Restore() => trainer.Restore();

    public override TrainingState Export(int divergences) => trainer.Export(divergences);

    public override string Slow()
    {
        trainer.LearningRateScale /= 2;
        return $"update {trainer.Update}";
    }
}
