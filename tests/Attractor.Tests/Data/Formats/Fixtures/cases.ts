#A problem of two dimensions.
@problemName Two
@timeStamps false
@missing true
@univariate false
@dimensions 2
@equalLength false
@classLabel true left right
@data
1,2.5,-3e2:4,5,?:left
7,8:9,10:right
