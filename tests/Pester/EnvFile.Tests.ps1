BeforeAll {
    Import-Module "$PSScriptRoot/Sandbox.psm1"
    Import-BuiltModule
}

Describe 'A connection for Docker Compose' {
    It 'goes into a new .env file' {
        'myuser:mypassword@myhost:5432/mydatabase' | Set-LangSmithEnvFile -Path TestDrive:/new.env
        Get-Content TestDrive:/new.env | Should -BeExactly 'POSTGRES_DATABASE_URI="myuser:mypassword@myhost:5432/mydatabase"'
    }

    It 'replaces the one that is there, and nothing else' {
        Set-Content TestDrive:/.env "# ours`nLANGSMITH_LICENSE_KEY=key`nPOSTGRES_DATABASE_URI=old`nLOG_LEVEL=info`n" -NoNewline
        'u:p@h/d' | Set-LangSmithEnvFile -Path TestDrive:/.env -Backup
        Get-Content TestDrive:/.env |
            Should -BeExactly '# ours', 'LANGSMITH_LICENSE_KEY=key', 'POSTGRES_DATABASE_URI=u:p@h:5432/d', 'LOG_LEVEL=info'
        Get-Content TestDrive:/.env.bak | Should -Contain 'POSTGRES_DATABASE_URI=old'
    }

    It 'changes nothing the second time' {
        'u:p@h/d' | Set-LangSmithEnvFile -Path TestDrive:/twice.env
        $before = Get-Item TestDrive:/twice.env
        'u:p@h/d' | Set-LangSmithEnvFile -Path TestDrive:/twice.env
        (Get-Item TestDrive:/twice.env).LastWriteTimeUtc | Should -Be $before.LastWriteTimeUtc
    }

    It '-WhatIf writes nothing' {
        'u:p@h/d' | Set-LangSmithEnvFile -Path TestDrive:/whatif.env -WhatIf
        'TestDrive:/whatif.env' | Should -Not -Exist
    }
}
