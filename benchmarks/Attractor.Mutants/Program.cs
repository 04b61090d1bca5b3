using Attractor.Mutants;

// tests/mutate runs this on a library with many changes in it, of which one at a time is made:
// "cover TESTS.dll FILE CLASS.." says which tests come to which changes, "judge TESTS.dll FILE" tries the changes whose numbers it reads.
return args switch
{
    ["cover", var tests, var file, .. string[] classes] => Coverage.Write(tests, file, classes),
    ["judge", var tests, var file] => Judge.Run(tests, file),
    _ => throw new ArgumentException("cover TESTS.dll FILE CLASS.. or judge TESTS.dll FILE: tests/mutate calls this"),
};
