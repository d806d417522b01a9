# The build step of planetary.cmd: builds what is missing or older than its sources, one process at a time.
$ErrorActionPreference = 'Stop'
$here = (Resolve-Path (Join-Path $PSScriptRoot '..\..\..\..')).Path
$target = Join-Path $here 'target'
$planetary = Join-Path $target 'planetary'
$stamp = Join-Path $planetary 'built'

function Stop-With([int] $code, [string[]] $lines) {
    foreach ($line in $lines) { [Console]::Error.WriteLine("planetary: $line") }
    exit $code
}

# Whether something that the build reads is newer than the last build, folders included: their time tells of files taken away.
function Test-Stale {
    if (-not (Test-Path -LiteralPath $stamp) -or -not (Test-Path -LiteralPath (Join-Path $planetary 'lib'))) { return $true }
    $built = (Get-Item -LiteralPath $stamp).LastWriteTimeUtc
    $modules = @(Get-ChildItem -LiteralPath $here -Directory) + @(Get-ChildItem -LiteralPath (Join-Path $here 'examples') -Directory)
    foreach ($pom in @($here) + @($modules | ForEach-Object { $_.FullName }) | ForEach-Object { Join-Path $_ 'pom.xml' }) {
        if ((Test-Path -LiteralPath $pom) -and (Get-Item -LiteralPath $pom).LastWriteTimeUtc -gt $built) { return $true }
    }
    foreach ($folder in $modules | ForEach-Object { Join-Path $_.FullName 'src\main' }) {
        if (Test-Path -LiteralPath $folder) {
            $newer = Get-ChildItem -LiteralPath $folder -Recurse | Where-Object { $_.LastWriteTimeUtc -gt $built } | Select-Object -First 1
            if ($newer) { return $true }
        }
    }
    return $false
}

if (-not (Test-Stale)) { exit 0 }
New-Item -ItemType Directory -Force -Path $planetary | Out-Null

# An open file that nobody else may open; the system frees it when its process ends, however that was.
$lock = $null
$said = $false
while (-not $lock) {
    try {
        $lock = [IO.File]::Open((Join-Path $target 'planetary.lock.file'), 'OpenOrCreate', 'ReadWrite', 'None')
    } catch [IO.IOException] {
        if (-not $said) { [Console]::Error.WriteLine('planetary: waiting for another build'); $said = $true }
        Start-Sleep -Seconds 1
    }
}
if (-not (Test-Stale)) { exit 0 }

$mvn = Get-Command mvn.cmd -ErrorAction SilentlyContinue
if (-not $mvn) { Stop-With 2 @('not built yet, and no Maven found', 'install Maven, 3.8 or newer') }
[Console]::Error.WriteLine('planetary: building (a minute the first time)')
$log = Join-Path $planetary 'build.log'
$fresh = Join-Path $planetary 'built.new'
# What changes while the build runs is newer than this.
Set-Content -LiteralPath $fresh -Value ''
Remove-Item -LiteralPath $stamp -Force -ErrorAction SilentlyContinue
Push-Location -LiteralPath $here
$ErrorActionPreference = 'Continue'
& $mvn.Source -q -B '-Dmaven.test.skip=true' '-Dcheckstyle.skip=true' package *> $log
$code = $LASTEXITCODE
Pop-Location
if ($code -ne 0) {
    Get-Content -LiteralPath $log -Tail 40 | ForEach-Object { [Console]::Error.WriteLine($_) }
    Stop-With 1 @("the build failed; all of it is in $log")
}
Move-Item -LiteralPath $fresh -Destination $stamp -Force
Remove-Item -LiteralPath $log -Force
exit 0
